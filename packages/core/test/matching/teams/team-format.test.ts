import assert from "node:assert/strict";
import { test } from "node:test";
import { type TeamFormat, TeamWaves, teamFormatProblems } from "../../../src/index.ts";
import { fillTableOf } from "../../../src/matching/teams/fill-table.ts";
import { poolOf } from "../pool.ts";
import { duo, fiveVsFive, fiveWithRoles, fixed, formats, ranged, search } from "./team-pool.ts";

test("[TF22] a format that cannot be is refused, and what is wrong is named", () => {
  const problems: [TeamFormat, string][] = [
    [{ ...duo, teams: [] }, "teams: one team or more"],
    [{ ...duo, teams: [{ min: 3, max: 2 }] }, "teams[0]: whole sizes, 1 ≤ min ≤ max"],
    [{ ...duo, sizeDifferenceMax: -1 }, "sizeDifferenceMax: a whole number ≥ 0"],
    [{ ...fixed([5, 2]), sizeDifferenceMax: 2 }, "sizeDifferenceMax: the teams can never meet it"],
    [fixed([65, 65]), "teams: at most 128 players"],
    [fixed([2, 2], { tank: 1 }), "roles: their counts sum up to the size of every team"],
    [
      fixed(
        Array.from({ length: 6 }, () => 5),
        { tank: 1, healer: 1, dps: 3 },
      ),
      "teams: too many ways to fill them",
    ],
    [
      fixed([11, 11], Object.fromEntries(Array.from("abcdefghijk", (role) => [role, 1]))),
      "roles: too many ways to fill a team",
    ],
  ];
  for (const [format, problem] of problems) {
    assert.ok(teamFormatProblems(format).includes(problem), problem);
    assert.throws(() => new TeamWaves({ index: poolOf([]), search, waveMs: 0, format }), RangeError);
  }
  for (const format of [...formats, fiveWithRoles, ranged]) assert.deepEqual(teamFormatProblems(format), []);
});

test("[TF22] the ways to fill a format are counted exactly", () => {
  for (const format of [...formats, fiveVsFive, fiveWithRoles, fixed([3, 3, 2])]) {
    const { states, team } = fillTableOf(format);
    const runs = new Map<number, number>();
    for (const { max } of format.teams) runs.set(max, (runs.get(max) ?? 0) + 1);
    let ways = 1;
    for (const [size, teams] of runs) {
      const own = team.players.filter((players) => players <= size).length;
      let choose = 1;
      for (let place = 0; place < teams; place += 1) choose = (choose * (own + place)) / (place + 1);
      ways *= choose;
    }
    assert.equal(states, ways);
  }
});
