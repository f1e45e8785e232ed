import { type Static, Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { latencies } from "../../messages/parts/wishes.ts";
import { named } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";

const ceiling = Type.Number({
  minimum: 0,
  maximum: 60_000,
  title: "milliseconds",
  description: "For all regions.",
});

/** What a player wants of tickets that say nothing of their own. */
export const preferences = strictObject({
  modes: Type.Optional(
    Type.Array(named("A mode."), {
      maxItems: wireLimits.modesPerTicketMax,
      title: `list of up to ${wireLimits.modesPerTicketMax} modes`,
      description: "What to queue for, the first as the main one.",
    }),
  ),
  regions: Type.Optional(
    Type.Array(named("A region."), {
      maxItems: wireLimits.regionsPerTicketMax,
      title: `list of up to ${wireLimits.regionsPerTicketMax} regions`,
      description: "The only regions to play in.",
    }),
  ),
  latency_max_ms: Type.Optional(
    Type.Union([ceiling, latencies("For some regions.")], {
      title: "milliseconds, or milliseconds by region",
      description: "The longest latency to play with: a region measured beyond it is left out.",
    }),
  ),
  latencies: Type.Optional(latencies("Measured round-trip times, by region.")),
});

/** What a player wants of tickets that say nothing of their own. */
export type PlayerPreferences = Static<typeof preferences>;

export const preferencesExample: PlayerPreferences = {
  modes: ["code_duel"],
  regions: ["eu-west", "us-east"],
  latency_max_ms: 120,
  latencies: { "eu-west": 24, "us-east": 95 },
};
