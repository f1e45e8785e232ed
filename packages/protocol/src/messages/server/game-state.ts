import { Type } from "typebox";
import { id, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { matchStates } from "../../vocabulary.ts";
import { defineServerMessage } from "../message-definition.ts";

export const gameState = defineServerMessage({
  type: "game.state",
  since: 1,
  delivery: "event",
  description: "The match moved to another state.",
  data: strictObject({
    match_id: id("The match."),
    state: oneOf(matchStates, "The state it is in now."),
    timestamp: Type.String({
      pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z$",
      title: "time as ISO 8601 in UTC",
      description: "When it did.",
    }),
  }),
  example: { match_id: "match_abc123", state: "ACTIVE", timestamp: "2024-11-29T12:00:00Z" },
});
