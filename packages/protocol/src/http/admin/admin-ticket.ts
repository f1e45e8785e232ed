import { Type } from "typebox";
import { count, id, measure, milliseconds, nullable, number, oneOf, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, longName, truth } from "./admin-fields.ts";

const nearest = strictObject(
  {
    rating_gap: measure("How far away it is."),
    reached_in_ms: nullable(milliseconds("When the windows reach it; null: never.")),
  },
  "The nearest ticket that windows alone keep away; null: none.",
);

const estimate = strictObject(
  {
    median_ms: measure("Half of those who waited as long waited no longer than this from then on."),
    long_ms: measure("Nine in ten waited no longer than this."),
    samples: count("Of how many waits."),
  },
  "How much longer it is likely to wait; null while too little is known.",
);

const pool = strictObject({
  pool: longName("The pool."),
  rating: number("Its rating there."),
  window: nullable(measure("The rating gap it accepts now; null: any.")),
  waited_ms: milliseconds("How long it has waited there."),
  candidates: count("Others that wait there."),
  matchable: count("How many of them could be in a match with it now."),
  blocked: Type.Record(Type.String({ pattern: "^[a-z_]{1,32}$" }), count("So many."), {
    title: "map of reasons to counts",
    description: "What keeps how many of them away.",
  }),
  nearest: nullable(nearest),
  estimate: nullable(estimate),
});

export const adminTicket = defineRoute({
  name: "admin-ticket",
  method: "GET",
  path: "/admin/v1/tickets/:id",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "A ticket, and while it waits why: what `matchforge explain` says of it, as of now.",
  params: sent(strictObject({ id: id("The ticket.") }), { id: "ticket_abc" }),
  query: null,
  body: null,
  status: 200,
  answer: strictObject({
    ticket_id: id("The ticket."),
    state: oneOf(["waiting", "matched"], "Whether it waits, or its players are in a match."),
    players: listOf(id("A player."), "Its players."),
    party_id: nullable(id("Their party; null: none.")),
    crew_id: nullable(id("Their crew; null: none.")),
    match_id: nullable(id("The match it is in; null while it waits.")),
    waited_secs: seconds("How long ago its wait began."),
    is_away: truth("Whether a player of it is away."),
    pools: listOf(pool, "Why it waits, for each pool it stands in; empty once it is matched.", 8),
  }),
  example: {
    ticket_id: "ticket_abc",
    state: "waiting",
    players: ["player_xyz"],
    party_id: null,
    crew_id: null,
    match_id: null,
    waited_secs: 12.5,
    is_away: false,
    pools: [
      {
        pool: "code_duel:gold",
        rating: 1_247,
        window: 200,
        waited_ms: 12_500,
        candidates: 30,
        matchable: 0,
        blocked: { rating: 30 },
        nearest: { rating_gap: 240, reached_in_ms: 2_500 },
        estimate: { median_ms: 6_000, long_ms: 31_000, samples: 220 },
      },
    ],
  },
  failures: ["TICKET_NOT_WAITING"],
});
