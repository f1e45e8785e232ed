import { type Static, Type } from "typebox";
import { count, named, nullable, oneOf, seconds, sentence } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { keptApartReasons } from "../vocabulary.ts";
import { defineRoute } from "./route-definition.ts";

const estimate = strictObject(
  {
    median_secs: seconds("Half of those who waited as long waited no longer than this from then on."),
    long_secs: seconds("Nine in ten waited no longer than this."),
  },
  "How much longer the wait is likely to be, from the last waits of similar ratings; null while too little is known.",
);

const pool = strictObject({
  mode: named("The mode."),
  stake_tier: nullable(named("The stake tier; null where the mode has none.")),
  candidates: nullable(
    count(
      "How many others wait there, to the nearest five above ten; null: so few that nothing more is said.",
    ),
  ),
  kept_apart_by: nullable(
    oneOf(
      keptApartReasons,
      "What keeps most of them from a match with you; null where most could be in one.",
    ),
  ),
  widens_in_secs: nullable(
    seconds("When your search, growing wider, reaches one of them; null where it need not, or will not."),
  ),
  estimate: nullable(estimate),
  text: sentence("The same in words."),
});

const answer = strictObject({
  shard: named("The shard you wait in."),
  waited_secs: seconds("How long your ticket has waited."),
  pools: Type.Array(pool, {
    maxItems: 8,
    title: "list of pools",
    description: "One for each mode and stake tier it waits in.",
  }),
});

export const matchmakingExplanation = defineRoute({
  name: "matchmaking-explanation",
  method: "GET",
  path: "/api/v1/matchmaking/explain",
  listener: "public",
  tag: "matchmaking",
  roles: ["player"],
  since: 2,
  description:
    "Why you wait, with `Authorization: Bearer` and your token: numbers and sentences that tell nothing of who the " +
    "others are.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer,
  example: {
    shard: "eu",
    waited_secs: 12,
    pools: [
      {
        mode: "code_duel",
        stake_tier: "gold",
        candidates: 25,
        kept_apart_by: "rating",
        widens_in_secs: 5,
        estimate: { median_secs: 6, long_secs: 31 },
        text: "About 25 others wait. Most of them are too far from your rating. Your search reaches the next of them in about 5 s.",
      },
    ],
  },
  failures: ["NOT_IN_QUEUE"],
});

/** Why a player waits. */
export type MatchmakingExplanation = Static<typeof answer>;
