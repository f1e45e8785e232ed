import assert from "node:assert/strict";
import { test } from "node:test";
import {
  currentRules,
  defineMode,
  defineRules,
  type ModeRules,
  modeOfMatch,
  rulesProblems,
} from "../../src/index.ts";
import { accept, matched, ready } from "./duels.ts";
import { changedRules, duel as duelMode, testRules } from "./modes.ts";
import { expectEvent, Shard } from "./shard.ts";

test("[K28] new rules are in force from their own position on, under the next version", () => {
  const shard = Shard.started();
  const rules = changedRules({ arena: { readyCheckMs: 7_000 } });
  const configured = expectEvent(shard.apply({ type: "rules.configure", rules }), "rules.configured");
  assert.equal(configured.version, 2);
  assert.deepEqual(currentRules(shard.state), rules);
  const { shard: after, match } = matched("arena", shard);
  assert.equal(after.match(match).phase.deadline, after.state.time + 7_000);
});

test("[K29] a live match keeps the rules it was made under; they go with the first change after it", () => {
  const duel = matched("arena");
  const { shard, match } = duel;
  shard.apply({ type: "rules.configure", rules: changedRules({ arena: { countdownMs: 9_000 } }) });
  assert.equal(modeOfMatch(shard.state, shard.match(match)).countdownMs, 5_000);
  ready(duel);
  assert.equal(shard.match(match).phase.deadline, shard.state.time + 5_000);
  shard.apply({ type: "rules.configure", rules: testRules });
  assert.deepEqual([...shard.state.rules.keys()], [1, 3]);
  shard.apply({ type: "match.abandon", match, player: duel.ada });
  shard.apply({ type: "rules.configure", rules: testRules });
  assert.deepEqual([...shard.state.rules.keys()], [4]);
});

test("[K29] a match may live on although its mode is gone", () => {
  const duel = matched("arena");
  const { shard, match } = duel;
  shard.apply({ type: "rules.configure", rules: changedRules({ arena: null }) });
  accept(duel, duel.ada);
  accept(duel, duel.bob);
  shard.wait(5_000);
  shard.apply({ type: "match.report", match, ranks: [1, 2] });
  assert.equal(shard.player(duel.ada).records[0].wins, 1);
});

const unusable: Record<string, Partial<ModeRules>> = {
  id: { id: "no spaces" },
  teams: { teams: [1] },
  "teams of nobody": { teams: [0, 1] },
  stakes: { stakes: [{ tier: "bronze", stake: "-1" }] },
  "stakes of a nameless tier": { stakes: [{ tier: "", stake: "1" }] },
  "one tier twice": {
    stakes: [
      { tier: "a", stake: "1" },
      { tier: "a", stake: "2" },
    ],
  },
  "stakes without escrow": { requires: [] },
  burnBps: { burnBps: 10_001 },
  "rating.k": { rating: { system: "elo", k: 0, initial: 1200, rounding: "none" } },
  "rating.initial": { rating: { system: "elo", k: 32, initial: Number.NaN, rounding: "none" } },
  maxWaitMs: { maxWaitMs: 0 },
  durationMs: { durationMs: Number.POSITIVE_INFINITY },
  graceMs: { graceMs: -1 },
  readyCheckMs: { readyCheckMs: 0 },
  antiSnipeMs: { antiSnipeMs: [2, 1] },
  maxTickets: { maxTickets: 1.5 },
  matchesPerWaveMax: { matchesPerWaveMax: 0 },
  priority: { priority: Number.NaN },
  "no step": steps([]),
  "steps that start late": steps([{ afterMs: 1, gap: 1 }]),
  "steps that narrow": steps([
    { afterMs: 0, gap: 2 },
    { afterMs: 1, gap: 1 },
  ]),
  "steps out of order": steps([
    { afterMs: 0, gap: 1 },
    { afterMs: 0, gap: 2 },
  ]),
  "a gap that is no number": steps([{ afterMs: 0, gap: Number.NaN }]),
  "a negative gap": steps([{ afterMs: 0, gap: -1 }]),
  "a step that never comes": steps([
    { afterMs: 0, gap: 1 },
    { afterMs: Number.POSITIVE_INFINITY, gap: 2 },
  ]),
  "endless linear widening": linear({ gap: 1, perSecond: 1, max: Number.POSITIVE_INFINITY }),
  "linear widening that narrows": linear({ gap: 2, perSecond: 1, max: 1 }),
  "a rematch rule that is no number": {
    search: { ...duelMode.search, avoidRematch: { last: Number.NaN, forMs: 1 } },
  },
};

function steps(list: readonly { afterMs: number; gap: number }[]): Partial<ModeRules> {
  return { search: { ...duelMode.search, widening: { kind: "steps", steps: list } } };
}

function linear(widening: { gap: number; perSecond: number; max: number }): Partial<ModeRules> {
  return { search: { ...duelMode.search, widening: { kind: "linear", ...widening } } };
}

for (const [what, change] of Object.entries(unusable)) {
  test(`[K30] rules with a wrong ${what} are refused`, () => {
    const rules = defineRules({ modes: [{ ...duelMode, ...change }] });
    assert.notDeepEqual(rulesProblems(rules), []);
    Shard.started().refuses({ type: "rules.configure", rules }, "INVALID_CONFIGURATION");
  });
}

test("[K30] rules of the shard as a whole are checked too", () => {
  const mode = defineMode({ id: "arena" });
  const wrong = [
    defineRules({ modes: [mode, mode] }),
    { ...testRules, maxStepMs: 0 },
    { ...testRules, maxStepMs: Number.NaN },
    { ...testRules, ledger: { faucet: "1.5", faucetEveryMs: 0 } },
    { ...testRules, ledger: { faucet: "1", faucetEveryMs: -1 } },
  ];
  for (const rules of wrong)
    Shard.started().refuses({ type: "rules.configure", rules }, "INVALID_CONFIGURATION");
  assert.deepEqual(rulesProblems(testRules), []);
});

test("[K31] rules that came through JSON are the same rules", () => {
  const rules = JSON.parse(JSON.stringify(testRules));
  const shard = Shard.started(rules);
  assert.deepEqual(currentRules(shard.state), testRules);
});
