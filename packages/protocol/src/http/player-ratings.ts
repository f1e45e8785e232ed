import { type Static, Type } from "typebox";
import { wireLimits } from "../limits.ts";
import { count, id, measure, named, nullable, number, timeMs } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { pageCursor, pageLimit } from "./page-fields.ts";
import { defineRoute, sent } from "./route-definition.ts";

const rating = strictObject({
  mode: named("The mode."),
  rating: number("The rating now."),
  deviation: number("How uncertain it is."),
  games: count("Games played in this mode."),
  wins: count("Of these won."),
  mean_wpm: measure("Mean words a minute over the typed games; 0 before the first."),
  updated_at: timeMs("When it changed last."),
});

const change = strictObject({
  match_id: id("The match that changed it."),
  before: number("The rating before it."),
  after: number("The rating after it."),
  at: timeMs("When."),
});

const history = strictObject({
  mode: named("The mode that was asked for."),
  changes: Type.Array(change, {
    maxItems: wireLimits.pageRowsMax,
    title: "list of changes",
    description: "What each match did to the rating, newest first.",
  }),
  next: nullable(pageCursor("What `before` is for the next page; null on the last one.")),
});

const answer = strictObject({
  player_id: id("The player."),
  ratings: Type.Array(rating, {
    maxItems: 256,
    title: "list of ratings",
    description: "The ratings in all modes played, by mode.",
  }),
  history: nullable(history),
});

export const playerRatings = defineRoute({
  name: "player-ratings",
  method: "GET",
  path: "/api/v1/players/:id/ratings",
  listener: "public",
  tag: "players",
  roles: ["anyone"],
  since: 1,
  description: "A player's ratings, and, with `mode`, how the one in that mode came to be, a page at a time.",
  params: sent(strictObject({ id: id("The player.") }), { id: "player_xyz" }),
  query: sent(
    strictObject({
      mode: Type.Optional(named("The mode whose history is asked for; without it there is none.")),
      limit: pageLimit("changes"),
      before: Type.Optional(pageCursor("The `next` of the page before.")),
    }),
    { mode: "code_duel", limit: "10" },
  ),
  body: null,
  status: 200,
  answer,
  example: {
    player_id: "player_xyz",
    ratings: [
      {
        mode: "code_duel",
        rating: 1216,
        deviation: 346.5,
        games: 1,
        wins: 1,
        mean_wpm: 71.5,
        updated_at: 1706025660000,
      },
    ],
    history: {
      mode: "code_duel",
      changes: [{ match_id: "match_abc123", before: 1200, after: 1216, at: 1706025660000 }],
      next: null,
    },
  },
  failures: ["PLAYER_NOT_FOUND"],
});

/** A player's ratings, and the history of one of them. */
export type PlayerRatings = Static<typeof answer>;
