import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const matchOpponentReconnected = defineServerMessage({
  type: "match.opponent_reconnected",
  since: 1,
  delivery: "event",
  description: "Another player who was away is back.",
  data: strictObject({
    match_id: id("The match."),
    player_id: id("The player who is back."),
  }),
  example: { match_id: "match_abc123", player_id: "player_abc" },
});
