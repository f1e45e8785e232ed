import assert from "node:assert/strict";
import { test } from "node:test";
import { describeProblem } from "../../src/config/problem.ts";
import { parseRules } from "../../src/index.ts";

const sides = "format = { teams = [{ min = 3, max = 8 }, { min = 3, max = 8 }], SIDES size_difference = 2 }";

/** A war of crews with more in its table, from line 6 on. */
function parsed(mode: string, { isWhole = true } = {}) {
  const format = sides.replace("SIDES", isWhole ? 'sides = "whole",' : "");
  const search = '[modes.search]\nwidening = [{ after = 0, gap = "any" }]';
  const text = `[[modes]]\nid = "war"\n${format}\nstakes = { gold = 600 }\nrequires = ["escrow"]\n${mode}\n${search}\n`;
  return parseRules(text, "rules.toml");
}

function warOf(mode: string) {
  const loaded = parsed(mode);
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.problems.map(describeProblem).join("\n"));
  const [war] = loaded.rules.modes;
  assert.ok(war !== undefined);
  return war;
}

test("[CR39] a mode that says nothing of it has stakes of each player and no territories", () => {
  const { stakePer, territories, siege } = warOf("");
  assert.deepEqual([stakePer, territories, siege], ["player", [], null]);
});

test("[CR39] a stake of a side, territories and a siege are what the file says", () => {
  const siege = "siege = { gather = 60, min_members = 4, max_members = 6, size_difference = 1 }";
  const war = warOf(`stake_per = "side"\nterritories = ["alpha", "BETA-3"]\n${siege}`);
  assert.equal(war.stakePer, "side");
  assert.deepEqual(war.territories, ["alpha", "BETA-3"]);
  assert.deepEqual(war.siege, { gatherMs: 60_000, membersMin: 4, membersMax: 6, sideDifferenceMax: 1 });
});

test("[CR39] a siege that says nothing is the specification's", () => {
  const { siege } = warOf('territories = ["alpha"]\nsiege = {}');
  assert.deepEqual(siege, { gatherMs: 300_000, membersMin: 3, membersMax: 8, sideDifferenceMax: 2 });
});

const alpha = 'territories = ["alpha"]';
const wrong: readonly (readonly [string, string])[] = [
  ['stake_per = "crew"', "rules.toml:6: modes.war.stake_per: expected one of player, side"],
  ["territories = 3", "rules.toml:6: modes.war.territories: expected a list of texts"],
  ['territories = ["a:b"]\nsiege = {}', "rules.toml:6: modes.war.territories: expected different names"],
  ['territories = ["a", "a"]\nsiege = {}', "rules.toml:6: modes.war.territories: expected different names"],
  [alpha, "modes.war.siege: expected how owned ground is taken"],
  ["siege = {}", "rules.toml:6: modes.war.siege: expected none without territories"],
  [`${alpha}\nsiege = 3`, "rules.toml:7: modes.war.siege: expected a table"],
  [`${alpha}\nsiege = { gather = 0 }`, "rules.toml:7: modes.war.siege.gather: expected a time > 0"],
  [`${alpha}\nsiege = { min_members = 9 }`, "rules.toml:7: modes.war.siege.min_members: expected 1 ≤"],
  [`${alpha}\nsiege = { max_members = 9 }`, "rules.toml:7: modes.war.siege.min_members: expected 1 ≤"],
  [`${alpha}\nsiege = { size_difference = 0.5 }`, "rules.toml:7: modes.war.siege.size_difference: expected"],
  [`${alpha}\nsiege = { gathering = 5 }`, "rules.toml:7: modes.war.siege.gathering: expected"],
];
for (const [mode, expected] of wrong) {
  test(`[CR40] a mode that says ${JSON.stringify(mode)} is told: ${expected}`, () => {
    const loaded = parsed(mode);
    assert.ok(!loaded.ok);
    const problems = loaded.problems.map(describeProblem);
    assert.ok(
      problems.some((problem) => problem.includes(expected)),
      problems.join("\n"),
    );
  });
}

test("[CR40] neither is for a mode whose sides are made up", () => {
  for (const mode of ['stake_per = "side"', `${alpha}\nsiege = {}`]) {
    const loaded = parsed(mode, { isWhole: false });
    assert.ok(!loaded.ok);
    assert.match(loaded.problems.map(describeProblem).join("\n"), /whole side/);
  }
});
