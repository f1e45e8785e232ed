import { type Static, Type } from "typebox";
import { amount, count, named, nullable, number, seconds, timeMs } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { defineRoute } from "./route-definition.ts";

const pool = strictObject({
  stake_tier: nullable(named("The stake tier; null where the mode has none.")),
  stake: amount("The stake of each player."),
  queue_length: count("Tickets waiting."),
  longest_wait_secs: seconds("How long the oldest ticket has waited; 0 where none waits."),
  average_wait_secs: nullable(seconds("Mean wait of recently matched tickets; null before the first.")),
  estimated_wait_secs: nullable(seconds("How long a new ticket is likely to wait; null while unknown.")),
  live_matches: count("Matches being prepared or played."),
  matches_made: count("Matches found here so far."),
  rating_distribution: Type.Array(
    strictObject({
      rating_from: number("The lowest rating of this step."),
      waiting: count("Tickets waiting in it."),
    }),
    { maxItems: 64, title: "list of steps", description: "Waiting tickets by rating, in equal steps." },
  ),
  region_distribution: Type.Array(
    strictObject({
      region: named("A region of the mode."),
      waiting: count(
        "Tickets waiting that may be played there now: one that may be in several counts in each.",
      ),
      live_matches: count("Matches being prepared or played there."),
    }),
    {
      maxItems: 32,
      title: "list of regions",
      description:
        "Waiting tickets and matches by region, in the order of the rules; empty in modes without regions.",
    },
  ),
});

const mode = strictObject({
  mode: named("The mode."),
  is_available: Type.Boolean({ title: "true or false", description: "Whether it can be played now." }),
  pools: Type.Array(pool, { maxItems: 64, title: "list of pools", description: "One for each stake tier." }),
});

const answer = strictObject({
  shard: named("The shard that is described."),
  at: timeMs("The moment this describes."),
  queue_length: count("Tickets waiting in all modes."),
  live_matches: count("Matches being prepared or played in all modes."),
  modes: Type.Array(mode, { maxItems: 256, title: "list of modes", description: "Every mode of the rules." }),
});

export const matchmakingStatistics = defineRoute({
  name: "matchmaking-statistics",
  method: "GET",
  path: "/api/v1/matchmaking/statistics",
  listener: "public",
  tag: "matchmaking",
  roles: ["anyone"],
  since: 1,
  description: "Queue lengths, waits and distributions, for each mode, stake tier and region.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer,
  example: {
    shard: "eu",
    at: 1706025600000,
    queue_length: 12,
    live_matches: 4,
    modes: [
      {
        mode: "code_duel",
        is_available: true,
        pools: [
          {
            stake_tier: "gold",
            stake: "300000000000000000000",
            queue_length: 12,
            longest_wait_secs: 41,
            average_wait_secs: 9.5,
            estimated_wait_secs: 25,
            live_matches: 4,
            matches_made: 310,
            rating_distribution: [
              { rating_from: 1100, waiting: 5 },
              { rating_from: 1200, waiting: 7 },
            ],
            region_distribution: [
              { region: "eu-west", waiting: 9, live_matches: 3 },
              { region: "us-east", waiting: 5, live_matches: 1 },
            ],
          },
        ],
      },
    ],
  },
  failures: [],
});

/** How matchmaking stands. */
export type MatchmakingStatistics = Static<typeof answer>;
