import assert from "node:assert/strict";
import { test } from "node:test";
import { poolOf } from "../pool.ts";
import { isMatch } from "./brute-force.ts";
import { alone, fiveVsFive, fixed, matchesOf, open, party, ranged } from "./team-pool.ts";

test("[TF18] premades are spread: each team gets as large a party as the other where there are two", () => {
  const solos = Array.from({ length: 12 }, (_, id) => alone(id + 10, 1_500 + id));
  const trios = [0, 1].map((id) => party({ id, ratings: [1_480, 1_500, 1_520] }));
  const [match] = matchesOf({ index: poolOf([...trios, ...solos]), format: fiveVsFive, rules: open });
  assert.deepEqual(
    match.teams.map(([{ playerIds }]) => playerIds.length),
    [3, 3],
  );
  assert.equal(match.costs.find(({ term }) => term === "premades")?.secs, 0);
});

test("[TF18] a lone player meets no party where there are enough others", () => {
  const solos = Array.from({ length: 10 }, (_, id) => alone(id, 1_500 + 5 * id));
  const trio = party({ id: 20, ratings: [1_500, 1_500, 1_500], enqueuedAt: 50 });
  const [match] = matchesOf({ index: poolOf([trio, ...solos]), format: fiveVsFive, rules: open });
  assert.deepEqual(new Set(match.teams.flat()), new Set(solos));
});

test("[TF20] ranged teams are as full as the tickets allow, and differ by no more than the format says", () => {
  const sizes = (count: number) => {
    const standings = Array.from({ length: count }, (_, id) => alone(id));
    const matches = matchesOf({ index: poolOf(standings), format: ranged, rules: open });
    return matches.map(({ teams }) => teams.map(({ length }) => length).sort());
  };
  assert.deepEqual(sizes(8), [[4, 4]]);
  assert.deepEqual(sizes(7), [[3, 4]]);
  assert.deepEqual(sizes(5), [[2, 3]]);
  assert.deepEqual(sizes(3), []);
});

test("[TF21] three teams with roles, parties and all", () => {
  const format = fixed([3, 3, 3], { tank: 1, healer: 1, dps: 1 });
  const standings = [
    party({ id: 0, ratings: [1_400, 1_450, 1_500], wishes: { roles: [["tank"], ["dps"], ["healer"]] } }),
    party({ id: 1, ratings: [1_500, 1_420], wishes: { roles: [["tank"], ["tank", "healer"]] } }),
    alone(2, 1_440, ["dps"]),
    party({ id: 3, ratings: [1_450, 1_460], wishes: { roles: [[], ["healer"]] } }),
    alone(4, 1_470, ["dps", "tank"]),
  ];
  const [{ teams, roles }] = matchesOf({ index: poolOf(standings), format, rules: open });
  assert.ok(isMatch(teams, format));
  assert.deepEqual(
    roles?.map((team) => [...team].sort()),
    [0, 1, 2].map(() => ["dps", "healer", "tank"]),
  );
});
