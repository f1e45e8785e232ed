import assert from "node:assert/strict";
import { test } from "node:test";
import { recentOpponentsMax } from "../../src/kernel/records.ts";
import { analyseRules } from "../../src/rules/analysis/analyse-rules.ts";
import { findingCatalogue } from "../../src/rules/analysis/finding.ts";
import { defineMode, defineRules } from "../../src/rules/define-mode.ts";
import type { ModeRules } from "../../src/rules/rules.ts";
import { any, codesIn, elo, foundIn, foundInRules, glicko2, rated, searching, steps } from "./found.ts";

const escrowed: Partial<ModeRules> = { stakes: [{ tier: "low", stake: "5" }], requires: ["escrow"] };
const crew = { ...steps(0, 100, 60, any), avoidRematch: null, sideDifferenceMax: 2 };
const near = { names: ["eu"], latencyMax: [{ afterMs: 0, latencyMs: 80 }] };
const far = (...latencyMax: { afterMs: number; latencyMs: number }[]) =>
  searching({ regions: { names: ["eu"], latencyMax } });
const held = (forMs: number, pointsPerSecond = 1) =>
  ({ hold: { kind: "fixed", forMs, pointsPerSecond } }) as const;

/** Rules with one thing in them to be found each: what, and where. */
const cases: readonly (readonly [rule: string, found: string, modes: readonly ModeRules[]])[] = [
  ["U1", "NO_LIVE_MATCHES maxLiveMatches", [rated({ maxLiveMatches: 0 })]],
  ["U1", "NO_TICKETS maxTickets", [rated({ maxTickets: 1 })]],
  ["U1", "NO_TICKETS maxTickets", [rated({ teams: [5, 5], partySizeMax: 2, maxTickets: 5 })]],
  ["U1", "NO_WINDOW search.widening", [searching(steps(0, 0), { rating: glicko2 })]],
  [
    "U1",
    "NO_WINDOW search.widening",
    [searching({ widening: { kind: "linear", gap: 0, perSecond: 0, max: 0 } })],
  ],
  ["U1", "DELAY_OUTLASTS_WAIT antiSnipeMs", [rated({ antiSnipeMs: [300_000, 300_000] })]],
  ["U1", "SIDE_NEVER_FILLED partySizeMax", [rated({ teams: [3, 3], partySizeMax: 2, search: crew })]],
  ["U1", "NO_REGION search.regions.latencyMax", [far({ afterMs: 0, latencyMs: 0 })]],
  ["U1", "STAKE_BEYOND_FAUCET stakes", [rated(escrowed)]],
  ["U2", "DELAY_OUTLASTS_SOME antiSnipeMs", [rated({ antiSnipeMs: [0, 300_000] })]],
  ["U2", "LAST_STEP_BOUNDED search.widening", [searching(steps(0, 100, 30, 200))]],
  [
    "U2",
    "LAST_STEP_BOUNDED search.widening",
    [searching({ widening: { kind: "linear", gap: 50, perSecond: 5, max: 500 } })],
  ],
  ["U2", "LATENCY_BOUNDED search.regions.latencyMax", [searching({ regions: near })]],
  ["U2", "HOLD_OUTLASTS_WAIT search.hold.forMs", [searching({ ...steps(0, any), ...held(400_000) })]],
  [
    "U2",
    "HOLD_OUTLASTS_WAIT search.hold",
    [searching({ ...steps(0, any), hold: { kind: "arrivals", pointsPerSecond: 1 } })],
  ],
  ["U2", "READY_CHECK_OUTLASTS_WAIT readyCheckMs", [rated({ readyCheckMs: 300_000 })]],
  ["U2", "LOWER_PRIORITY priority", [rated({ priority: 1 }), rated({ id: "b" })]],
  ["U3", "STEP_CHANGES_NOTHING search.widening[1]", [searching(steps(0, 100, 30, 100, 60, any))]],
  [
    "U3",
    "STEP_CHANGES_NOTHING search.regions.latencyMax[1]",
    [far({ afterMs: 0, latencyMs: any }, { afterMs: 9, latencyMs: any })],
  ],
  [
    "U3",
    "STEP_AFTER_WAIT search.regions.latencyMax[1]",
    [
      searching({
        regions: { names: ["eu"], latencyMax: [...near.latencyMax, { afterMs: 300_000, latencyMs: any }] },
      }),
    ],
  ],
  [
    "U3",
    "LINEAR_STANDS_STILL search.widening",
    [searching({ widening: { kind: "linear", gap: 50, perSecond: 1, max: 500 } })],
  ],
  ["U3", "WARN_AFTER_WAIT warnAfterMs", [rated({ warnAfterMs: 300_000 })]],
  ["U3", "RATING_RULE_UNRATED search.widening", [rated({ rating: null })]],
  [
    "U3",
    "RATING_RULE_UNRATED search.hold",
    [searching({ ...steps(0, any), ...held(5_000) }, { rating: null })],
  ],
  [
    "U3",
    "RATING_RULE_UNRATED partyRating.strategy",
    [searching(steps(0, any), { rating: null, partyRating: { strategy: "max" } })],
  ],
  ["U3", "HOLD_BEYOND_LAST_STEP search.hold.forMs", [searching(held(61_000))]],
  [
    "U3",
    "REMATCH_NEVER_AVOIDED search.avoidRematch",
    [searching({ ...steps(0, any), avoidRematch: { last: 3, forMs: 9_000 } })],
  ],
  [
    "U3",
    "REMATCH_NEVER_AVOIDED search.avoidRematch",
    [searching({ avoidRematch: { last: 0, forMs: 9_000 } })],
  ],
  ["U3", "REMATCH_NEVER_AVOIDED search.avoidRematch", [searching({ avoidRematch: { last: 3, forMs: 0 } })]],
  [
    "U3",
    "REMATCH_BEYOND_MEMORY search.avoidRematch.last",
    [searching({ avoidRematch: { last: recentOpponentsMax + 1, forMs: 9_000 } })],
  ],
  ["U3", "ESCROW_WITHOUT_STAKES requires", [rated({ requires: ["escrow"] })]],
  [
    "U3",
    "REVEAL_WITHOUT_READY_CHECK revealOpponent",
    [rated({ revealOpponent: "accepted", readyCheckMs: null })],
  ],
  ["U3", "GRACE_OUTLASTS_MATCH graceMs", [rated({ graceMs: 60_000 })]],
  [
    "U3",
    "SIZES_NEVER_DIFFER sizeDifferenceMax",
    [
      rated({
        teams: [
          { min: 3, max: 4 },
          { min: 3, max: 4 },
        ],
        sizeDifferenceMax: 2,
      }),
    ],
  ],
  ["U4", "WINDOW_JUMPS search.widening[1]", [searching(steps(0, 100, 30, 301, 60, any))]],
  ["U4", "WINDOW_OPENS_EARLY search.widening[1]", [searching(steps(0, 100, 29, any))]],
];

for (const [rule, found, modes] of cases) {
  test(`[${rule}] found, and nothing else: ${found}`, () => {
    // A window that never reaches its maximum is bounded, too, and so is one whose ceilings come too late.
    const companions = ["LAST_STEP_BOUNDED", "LATENCY_BOUNDED"].filter((code) => !found.startsWith(code));
    const codes = codesIn(...modes).filter((one) => !companions.some((code) => one.startsWith(code)));
    assert.deepEqual(codes, [found]);
  });
}

test("[U1] a window that opens when the wait is over never opens", () => {
  const [found, ...more] = foundIn(
    searching(steps(0, 0, 60, any), { maxWaitMs: 60_000, warnAfterMs: 9_000 }),
  );
  assert.equal(found.code, "NO_WINDOW");
  assert.match(found.message, /0 until 60 s, and the wait ends after 60 s/);
  assert.deepEqual(
    more.map(({ code }) => code),
    ["STEP_AFTER_WAIT"],
  );
});

test("[U2] rematches are a danger only where the last step, which allows them, is never reached", () => {
  const avoidRematch = { last: 3, forMs: 90_000 };
  const early = searching({ avoidRematch }, { maxWaitMs: 70_000, warnAfterMs: 9_000 });
  const late = searching({ avoidRematch }, { maxWaitMs: 50_000, warnAfterMs: 9_000 });
  assert.deepEqual(codesIn(early), []);
  assert.ok(codesIn(late).includes("REMATCH_OUTLASTS_WAIT search.avoidRematch"));
});

test("[U2] a hold that a longer wait pays for in time starves nobody", () => {
  const hold = { kind: "arrivals", pointsPerSecond: 2 } as const;
  assert.deepEqual(codesIn(searching({ ...steps(0, any), hold })).length, 1);
  const bounded = searching({ ...steps(0, 600), hold });
  assert.ok(!codesIn(bounded).some((code) => code.startsWith("HOLD")));
});

test("[U3] steps after the longest wait are dead, and bound the window", () => {
  const codes = codesIn(
    searching(steps(0, 100, 30, 200, 60, any), { maxWaitMs: 60_000, warnAfterMs: 9_000 }),
  );
  assert.deepEqual(codes, ["LAST_STEP_BOUNDED search.widening", "STEP_AFTER_WAIT search.widening[2]"]);
});

const round = { playersMin: 8, playersMax: 64, registrationMs: 60_000, extensionMs: 60_000 };

test("[U5] a round is what its own rules say, whatever its teams", () => {
  assert.deepEqual(codesIn(rated({ round, teams: [], maxTickets: 1 })), []);
  assert.deepEqual(codesIn(rated({ round, maxTickets: 0 })), ["NO_TICKETS maxTickets"]);
  const avoidRematch = { last: 6, forMs: 9_000 };
  assert.deepEqual(codesIn(searching({ avoidRematch }, { round })), [
    "REMATCH_BEYOND_MEMORY search.avoidRematch.last",
  ]);
});

test("[U4] the duel's widening does not jump, nor does a window that opens from nothing", () => {
  assert.deepEqual(codesIn(rated()), []);
  assert.deepEqual(codesIn(searching(steps(0, 0, 1, 100, 2, 300, 40, any))), []);
});

test("[U5] modes nobody can queue for are passed over, and where all are that is told", () => {
  const broken = { maxLiveMatches: 0, available: false };
  assert.deepEqual(codesIn(rated(), rated({ id: "b", ...broken })), []);
  assert.deepEqual(
    foundIn(rated(broken)).map(({ code, path }) => [code, path]),
    [["NO_MODE_OFFERED", "modes"]],
  );
});

test("[U5] a faucet that pays the lowest stake is enough", () => {
  const modes = [rated(escrowed)];
  assert.deepEqual(foundInRules(defineRules({ modes, ledger: { faucet: "5", faucetEveryMs: 0 } })), []);
});

test("[U5] every finding there is has a case, a sentence and a fix", () => {
  const found = [...cases.flatMap(([, , modes]) => foundIn(...modes)), ...foundIn(rated({ enabled: false }))];
  const seen = new Set<string>(found.map(({ code }) => code));
  const others = ["STEP_AFTER_WAIT", "REMATCH_OUTLASTS_WAIT"];
  assert.deepEqual([...new Set([...seen, ...others])].sort(), Object.keys(findingCatalogue).sort());
  for (const { code, kind, severity, message, fix } of found) {
    assert.deepEqual(
      { kind, severity },
      { kind: findingCatalogue[code].kind, severity: findingCatalogue[code].severity },
    );
    assert.ok(
      message.length > 10 && fix.length > 5 && !/NaN|undefined|Infinity/.test(message + fix),
      message,
    );
  }
});

test("[U5] rules that came through JSON are found to be the same", () => {
  const rules = defineRules({ modes: cases.map(([, , [mode]], at) => ({ ...mode, id: `m${at}` })) });
  assert.deepEqual(analyseRules(JSON.parse(JSON.stringify(rules))), analyseRules(rules));
  assert.deepEqual(analyseRules(defineRules({ modes: [defineMode({ id: "a", rating: elo })] })), []);
});
