import { count, id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const gameAck = defineServerMessage({
  type: "game.ack",
  since: 1,
  delivery: "reply",
  description: "The keys up to an offset are in the log; a client may forget them.",
  data: strictObject({
    match_id: id("The match."),
    upto: count("How many keys of this match are durably received: a client may forget them, whatever dies."),
  }),
  example: { match_id: "match_abc123", upto: 44 },
});
