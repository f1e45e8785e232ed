import assert from "node:assert/strict";
import { test } from "node:test";
import { createState, type MatchId, type PlayerId } from "@matchforge/core";
import type { Ending } from "../src/auditor.ts";
import { contradictions, type Logged, type Told } from "../src/index.ts";

const ada: PlayerId = "player_ada";
const match: MatchId = "match_1";
const settled: Ending = { kind: "settled", reason: "completed", winners: [ada], paid: new Map([[ada, 90n]]) };

function logged(change: Partial<Logged> = {}): Logged {
  const endings = new Map([[match, settled]]);
  return {
    state: createState(),
    violations: [],
    ticketsOf: new Map([[ada, 1]]),
    endings,
    blamed: [],
    ...change,
  };
}

function told(change: Partial<Told> = {}): Told {
  const heard = { results: [{ winner: ada, reason: "completed" }], payouts: ["90"] };
  return { id: ada, told: new Map([[match, heard]]), acknowledged: 1, disorder: [], sync: null, ...change };
}

const look = (log: Logged, player: Told, canForget = false) => contradictions(log, [player], { canForget });

test("[CH3] what was told and what was logged agree", () => assert.deepEqual(look(logged(), told()), []));

const other = { results: [{ winner: "player_bob", reason: "completed" }], payouts: ["90"] };
const richer = { results: [], payouts: ["91"] };
for (const [what, log, player, said] of [
  [
    "a ticket that was acknowledged is not there",
    { ticketsOf: new Map() },
    {},
    /told of 1 tickets, the log has 0/,
  ],
  ["another winner was told", {}, { told: new Map([[match, other]]) }, /was told player_bob won match_1/],
  [
    "another payout was told",
    {},
    { told: new Map([[match, richer]]) },
    /was told of 91 for match_1, the log has 90/,
  ],
  ["a match that was told never ended", { endings: new Map() }, {}, /was told of match_1, which never ended/],
  ["events came out of order", {}, { disorder: ["ok of 3 after 4"] }, /heard ok of 3 after 4/],
  ["somebody was blamed", { blamed: ["player_ada"] }, {}, /blamed without fault: player_ada/],
  [
    "a match was forfeit",
    { endings: new Map([[match, { ...settled, reason: "forfeit" }]]) },
    {},
    /ended by a forfeit/,
  ],
  ["the log broke an invariant", { violations: ["invariant 5"] }, {}, /^invariant 5$/],
  ["the balance is another", {}, { sync: { balance: "7" } as Told["sync"] }, /balance of 7, the log has 0/],
] as const satisfies readonly (readonly [string, Partial<Logged>, Partial<Told>, RegExp])[]) {
  test(`[CH3] it is found out when ${what}`, () =>
    assert.ok(look(logged(log), told(player)).some((sentence) => said.test(sentence))));
}

test("[CH3] what still lives at the end is found out", () => {
  const log = logged();
  log.state.matches.set("match_9", {} as never);
  assert.match(look(log, told()).join(), /matches never ended: match_9/);
});

test("[CH4] a relaxed log may have forgotten what was told, but not balances", () => {
  const log = logged({ endings: new Map(), ticketsOf: new Map() });
  assert.deepEqual(look(log, told(), true), []);
  assert.match(look(log, told({ sync: { balance: "7" } as Told["sync"] }), true).join(), /balance of 7/);
});
