import { id, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const matchOpponentDisconnected = defineServerMessage({
  type: "match.opponent_disconnected",
  since: 1,
  delivery: "event",
  description: "Another player of an ACTIVE match, of whichever team, lost the connection.",
  data: strictObject({
    match_id: id("The match."),
    player_id: id("The player who is away."),
    grace_period_secs: seconds("How long the match waits before the player forfeits."),
  }),
  example: { match_id: "match_abc123", player_id: "player_abc", grace_period_secs: 30 },
});
