import { count, named, nullable, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, longName, next, pageQueryOf } from "./admin-fields.ts";

const pool = strictObject({
  pool: longName("The pool."),
  mode: named("The mode."),
  stake_tier: nullable(named("The stake tier; null where the mode has none.")),
  territory: nullable(named("The territory that is fought for; null: none.")),
  waiting: count("Tickets that wait in it."),
  forming: count("Rounds that still register players."),
  matched_tickets: count("Tickets that were matched, ever."),
  matches_made: count("Matches that were made, ever."),
  mean_wait_secs: seconds("How long matched tickets waited, the newer the heavier; 0 before the first."),
});

export const adminPools = defineRoute({
  name: "admin-pools",
  method: "GET",
  path: "/admin/v1/pools",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "The pools that tickets have waited in, by their names.",
  params: null,
  query: sent(pageQueryOf("pools"), { limit: "50" }),
  body: null,
  status: 200,
  answer: strictObject({ pools: listOf(pool, "By name."), next }),
  example: {
    pools: [
      {
        pool: "code_duel:gold",
        mode: "code_duel",
        stake_tier: "gold",
        territory: null,
        waiting: 31,
        forming: 0,
        matched_tickets: 8_120,
        matches_made: 4_060,
        mean_wait_secs: 6.2,
      },
    ],
    next: null,
  },
  failures: [],
});
