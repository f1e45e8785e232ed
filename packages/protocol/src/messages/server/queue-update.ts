import { count, nullable, oneOf, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { queueStatuses } from "../../vocabulary.ts";
import { defineServerMessage } from "../message-definition.ts";

export const queueUpdate = defineServerMessage({
  type: "queue.update",
  since: 1,
  delivery: "event",
  description: "How the player's ticket stands: on entering, on a change, and at least every ten seconds.",
  data: strictObject({
    status: oneOf(queueStatuses, "`long_wait` once the ticket has waited unusually long."),
    position: count("Place in the pool by waiting time; 1 has waited longest."),
    estimated_wait_secs: nullable(seconds("How much longer it is likely to take; null while unknown.")),
    players_in_tier: count("Players waiting in the same pool."),
  }),
  example: { status: "searching", position: 3, estimated_wait_secs: 25, players_in_tier: 12 },
});
