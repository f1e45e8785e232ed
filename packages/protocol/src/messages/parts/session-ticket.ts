import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { amount, count, id, named, nullable, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";

/** A waiting ticket, as `session.sync` tells its player. */
export const sessionTicket = strictObject(
  {
    ticket_id: id("The ticket."),
    standings: Type.Array(
      strictObject({
        mode: named("The mode."),
        stake_tier: nullable(named("The stake tier; null where the mode has none.")),
        stake: amount("The stake."),
        position: count("Place in the pool by waiting time; 1 has waited longest."),
        players_in_tier: count("Players waiting in the same pool."),
      }),
      {
        minItems: 1,
        maxItems: wireLimits.modesPerTicketMax,
        title: "list of pools",
        description: "The pools it stands in.",
      },
    ),
    party_id: nullable(id("The party; null for somebody alone.")),
    waited_secs: seconds("How long it has waited."),
    estimated_wait_secs: nullable(seconds("How much longer it is likely to take; null while unknown.")),
    is_long_wait: Type.Boolean({
      title: "true or false",
      description: "Whether it has waited unusually long.",
    }),
  },
  "The waiting ticket; null without one.",
);
