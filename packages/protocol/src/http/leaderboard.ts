import { type Static, Type } from "typebox";
import { wireLimits } from "../limits.ts";
import { count, id, named, nullable, number, timeMs } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { pageCursor, pageLimit } from "./page-fields.ts";
import { defineRoute, sent } from "./route-definition.ts";

const entry = strictObject({
  rank: count("The place, from 1; as of now when it is on the first page, counted on from there on others."),
  player_id: id("The player."),
  estimate: number("What the order goes by: the rating less two deviations."),
  rating: number("The rating."),
  deviation: number("How uncertain it is."),
  games: count("Games played in this mode."),
  wins: count("Of these won."),
  is_provisional: Type.Boolean({
    title: "true or false",
    description: "Whether too little is known of the player yet for the place to mean much.",
  }),
  updated_at: timeMs("When it changed last."),
});

const answer = strictObject({
  mode: named("The mode."),
  is_rated: Type.Boolean({
    title: "true or false",
    description: "Whether the mode is rated now; else nobody is listed.",
  }),
  players: Type.Array(entry, {
    maxItems: wireLimits.pageRowsMax,
    title: "list of players",
    description: "By estimate, highest first, then by player id.",
  }),
  next: nullable(pageCursor("What `after` is for the next page; null on the last one.")),
});

export const leaderboard = defineRoute({
  name: "leaderboard",
  method: "GET",
  path: "/api/v1/leaderboard/:mode",
  listener: "public",
  tag: "players",
  roles: ["anyone"],
  since: 1,
  description: "The best players of a mode, a page at a time, by what each can be trusted to be at least.",
  params: sent(strictObject({ mode: named("The mode.") }), { mode: "code_duel" }),
  query: sent(
    strictObject({
      limit: pageLimit("players"),
      after: Type.Optional(pageCursor("The `next` of the page before.")),
    }),
    { limit: "10" },
  ),
  body: null,
  status: 200,
  answer,
  example: {
    mode: "code_duel",
    is_rated: true,
    players: [
      {
        rank: 1,
        player_id: "player_xyz",
        estimate: 1402.5,
        rating: 1520,
        deviation: 58.75,
        games: 41,
        wins: 29,
        is_provisional: false,
        updated_at: 1706025600000,
      },
    ],
    next: "1:1402.5:player_xyz",
  },
  failures: ["QUEUE_NOT_FOUND"],
});

/** A page of a mode's leaderboard. */
export type Leaderboard = Static<typeof answer>;
