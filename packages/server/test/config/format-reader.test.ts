import assert from "node:assert/strict";
import { test } from "node:test";
import type { ModeRules } from "@matchforge/core";
import { describeProblem } from "../../src/config/problem.ts";
import { parseRules } from "../../src/index.ts";

/** A mode with more in its own table, on line 3, and in its search table, on line 6. */
function parsed({ mode = "", search = "" }: { readonly mode?: string; readonly search?: string }) {
  const text = `[[modes]]\nid = "arena"\n${mode}\n[modes.search]\nwidening = [{ after = 0, gap = "any" }]\n${search}\n`;
  return parseRules(text, "rules.toml");
}

function modeOf(given: Parameters<typeof parsed>[0]): ModeRules {
  const loaded = parsed(given);
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.problems.map(describeProblem).join("\n"));
  return loaded.rules.modes[0] ?? assert.fail();
}

function problemsOf(given: Parameters<typeof parsed>[0]): string[] {
  const loaded = parsed(given);
  assert.ok(!loaded.ok, JSON.stringify(given));
  return loaded.problems.map(describeProblem);
}

test("[H30] a format says the size of each team, how they may differ, and the roles of each", () => {
  const plain = modeOf({});
  assert.deepEqual(
    [plain.teams, plain.sizeDifferenceMax, plain.roles, plain.partySizeMax],
    [[1, 1], 0, [], 16],
  );
  const fixed = modeOf({
    mode: 'format = { teams = [5, 5], party_size_max = 3, roles = [{ role = "tank" }, { role = "dps", count = 4 }] }',
  });
  assert.deepEqual(fixed.teams, [5, 5]);
  assert.deepEqual(fixed.roles, [
    { role: "tank", count: 1 },
    { role: "dps", count: 4 },
  ]);
  assert.equal(fixed.partySizeMax, 3);
  const ranged = modeOf({
    mode: "format = { teams = [{ min = 2, max = 4 }, { min = 2, max = 4 }], size_difference = 1 }",
  });
  assert.deepEqual(ranged.teams, [
    { min: 2, max: 4 },
    { min: 2, max: 4 },
  ]);
  assert.equal(ranged.sizeDifferenceMax, 1);
});

test("[H30] sides that queue whole differ by no more than the format says", () => {
  const mode =
    'format = { teams = [{ min = 3, max = 8 }, { min = 3, max = 8 }], sides = "whole", size_difference = 2 }';
  assert.equal(modeOf({ mode }).search.sideDifferenceMax, 2);
});

test("[H31] a party's rating is the mean, the strongest's, or the mean and a part of the gap", () => {
  assert.deepEqual(modeOf({}).partyRating, { strategy: "average" });
  assert.deepEqual(modeOf({ mode: 'party_rating = "max"' }).partyRating, { strategy: "max" });
  const weighted = modeOf({ mode: "party_rating = { weighted = 0.25 }" }).partyRating;
  assert.deepEqual(weighted, { strategy: "weighted", gapPenalty: 0.25 });
});

test("[H32] regions have names, and ceilings that widen", () => {
  const search =
    'regions = { names = ["eu-west", "us"], latency = [{ after = 0, max_ms = 80 }, { after = 20, max_ms = "any" }] }';
  assert.deepEqual(modeOf({ search }).search.regions, {
    names: ["eu-west", "us"],
    latencyMax: [
      { afterMs: 0, latencyMs: 80 },
      { afterMs: 20_000, latencyMs: Number.POSITIVE_INFINITY },
    ],
  });
});

test("[H33] a round has bounds, a time and an extension; maps are names", () => {
  assert.equal(modeOf({}).round, null);
  const round = modeOf({ mode: 'round = { min_players = 4, registration = 30 }\nmaps = ["mill"]' });
  assert.deepEqual(round.round, {
    playersMin: 4,
    playersMax: 64,
    registrationMs: 30_000,
    extensionMs: 60_000,
  });
  assert.deepEqual(round.maps, ["mill"]);
});

const refused: readonly (readonly [string, Parameters<typeof parsed>[0]])[] = [
  ["no list of teams", { mode: "format = { teams = 5 }" }],
  ["a team of nobody", { mode: "format = { teams = [0, 5] }" }],
  ["a team of fewer than its least", { mode: "format = { teams = [{ min = 4, max = 3 }, 3] }" }],
  ["one team", { mode: "format = { teams = [5] }" }],
  [
    "roles that do not make up a team",
    { mode: 'format = { teams = [2, 2], roles = [{ role = "tank", count = 3 }] }' },
  ],
  ["a role without a name", { mode: "format = { teams = [1, 1], roles = [{ count = 1 }] }" }],
  [
    "a role no message can carry",
    { mode: 'format = { teams = [1, 1], roles = [{ role = "a b", count = 1 }] }' },
  ],
  ["an unknown key of a format", { mode: "format = { team = [1, 1] }" }],
  ["an unknown way to rate parties", { mode: 'party_rating = "median"' }],
  ["a region no message can carry", { search: 'regions = { names = ["Köln"] }' }],
  ["no regions", { search: "regions = { names = [] }" }],
  ["a region twice", { search: 'regions = { names = ["eu", "eu"] }' }],
  [
    "a ceiling that shrinks",
    {
      search:
        'regions = { names = ["eu"], latency = [{ after = 0, max_ms = 80 }, { after = 9, max_ms = 60 }] }',
    },
  ],
  [
    "a ceiling that starts late",
    { search: 'regions = { names = ["eu"], latency = [{ after = 5, max_ms = 80 }] }' },
  ],
  ["a round of one", { mode: "round = { min_players = 1 }" }],
  ["a round of more than 64", { mode: "round = { max_players = 65 }" }],
  ["a round of no time", { mode: "round = { registration = 0 }" }],
  ["an unknown key of a round", { mode: "round = { players = 8 }" }],
];
for (const [what, given] of refused) {
  test(`[H6] ${what} is refused with its line`, () => {
    const [problem] = problemsOf(given);
    assert.match(
      problem,
      given.mode === undefined ? /^rules\.toml:6: modes\.arena\./ : /^rules\.toml:3: modes\.arena\./,
    );
  });
}
