import { oneOf, sentence } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { queueEndReasons } from "../../vocabulary.ts";
import { defineServerMessage } from "../message-definition.ts";

export const queueEnded = defineServerMessage({
  type: "queue.ended",
  since: 1,
  delivery: "event",
  description: "The player's ticket ended without being played.",
  data: strictObject({
    reason: oneOf(queueEndReasons, "Why it ended."),
    message: sentence("The same, for people."),
  }),
  example: { reason: "no_opponents", message: "Nobody to play against was found in time." },
});
