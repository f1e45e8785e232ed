import { amount, id, nullable } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const matchSettled = defineServerMessage({
  type: "match.settled",
  since: 1,
  delivery: "event",
  description: "The money of the match has moved.",
  data: strictObject({
    match_id: id("The match."),
    payout: amount("What this player received."),
    tx_hash: nullable(id("The transaction that paid; null where the coordinator keeps the books.")),
  }),
  example: { match_id: "match_abc123", payout: "540000000000000000000", tx_hash: "0xabc123..." },
});
