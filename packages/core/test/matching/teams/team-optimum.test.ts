import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  accepts,
  costSecsOf,
  memberRating,
  type PoolStanding,
  type SearchRules,
  type TeamFormat,
  TeamWaves,
} from "../../../src/index.ts";
import { assignRoles } from "../../../src/matching/teams/assign-roles.ts";
import { fillTableOf } from "../../../src/matching/teams/fill-table.ts";
import { TeamFiller } from "../../../src/matching/teams/fill-teams.ts";
import { Kinds } from "../../../src/matching/teams/kinds.ts";
import { packTeams } from "../../../src/matching/teams/pack-teams.ts";
import { TeamSplitter } from "../../../src/matching/teams/split-teams.ts";
import { splitTicketOf } from "../../../src/matching/teams/split-ticket.ts";
import { teamPricesOf } from "../../../src/matching/teams/team-prices.ts";
import { poolOf } from "../pool.ts";
import { allSplits, fewestSteps, isMatch } from "./brute-force.ts";
import {
  alone,
  fiveVsFive,
  fiveWithRoles,
  fixed,
  formats,
  now,
  party,
  ranged,
  search,
  ticketsArbitrary,
} from "./team-pool.ts";

const prices = teamPricesOf(search);

/** Seconds of a split, worked out from the spec's terms alone. */
function secsOf(teams: readonly (readonly PoolStanding[])[], format: TeamFormat): number {
  const players = teams.map((team) =>
    team.flatMap((one) => one.playerIds.map((_, place) => memberRating(one, place))),
  );
  const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const steps = teams.reduce((sum, team) => sum + fewestSteps(team, format), 0);
  return (
    prices.ratingPointSecs * range(players.map(mean)) +
    prices.premadeSecs *
      range(teams.map((team) => Math.max(...team.map(({ playerIds }) => playerIds.length)))) +
    prices.sizeSecs * range(players.map(({ length }) => length)) +
    (prices.roleStepSecs * steps) / players.flat().length
  );
}

function split(standings: readonly PoolStanding[], format: TeamFormat): PoolStanding[][] | null {
  const table = fillTableOf(format);
  const tickets = standings.map((one) => splitTicketOf(one, table));
  const found = new TeamSplitter(table, prices).split(tickets);
  if (found === null) return null;
  const teams = format.teams.map((_, team) => standings.filter((__, place) => found.teamOf[place] === team));
  assert.ok(Math.abs(secsOf(teams, format) - found.secs) < 1e-6);
  return teams;
}

/** Tickets that may or may not fill a format: cut where they would be too many. */
function someOf(standings: readonly PoolStanding[], format: TeamFormat): PoolStanding[] {
  let room = format.teams.reduce((sum, { max }) => sum + max, 0);
  return standings.filter(({ playerIds }) => {
    if (playerIds.length > room) return false;
    room -= playerIds.length;
    return true;
  });
}

for (const [name, format, sizeMax] of [
  ["5v5", fiveVsFive, 5],
  ["5v5 with roles", fiveWithRoles, 3],
  ["three teams", fixed([2, 2, 2]), 2],
  ["ranged", ranged, 3],
  ["uneven", fixed([3, 2]), 2],
] as const) {
  test(`[TF15] [TF16] a split is found whenever there is one, and none is cheaper: ${name}`, () => {
    let found = 0;
    fc.assert(
      fc.property(ticketsArbitrary({ minLength: 4, maxLength: 12, sizeMax }), (drawn) => {
        const standings = someOf(drawn, format);
        const own = split(standings, format);
        let best = Number.POSITIVE_INFINITY;
        for (const teams of allSplits(standings, format)) best = Math.min(best, secsOf(teams, format));
        assert.equal(own === null, best === Number.POSITIVE_INFINITY);
        if (own === null) return;
        found += 1;
        assert.ok(secsOf(own, format) <= 1.01 * best + 1e-9);
      }),
      { numRuns: 400 },
    );
    assert.ok(found > 20, `only ${found} were found`);
  });
}

test("[TF16] a split is found in formats with more splits than can be tried", () => {
  const format = fixed([5, 5, 5], { tank: 1, healer: 1, dps: 3 });
  const table = fillTableOf(format);
  const team = ["tank", "healer", "dps", "dps", "dps"];
  const standings = [...team, ...team, ...team].sort().map((role, id) => alone(id, 1_500 + 7 * id, [role]));
  const teams = split(standings, format);
  assert.ok(teams !== null && isMatch(teams, format));
  const tickets = standings.map((one) => splitTicketOf(one, table));
  const packed = packTeams(tickets, table);
  assert.ok(packed !== null);
  assert.ok(
    isMatch(
      format.teams.map((_, own) => standings.filter((__, place) => packed[place] === own)),
      format,
    ),
  );
  assert.equal(packTeams(tickets.slice(1), table), null);
});

test("[TF16] packing finds teams whenever there are any", () => {
  fc.assert(
    fc.property(
      ticketsArbitrary({ maxLength: 8, sizeMax: 2 }),
      fc.constantFrom(...formats),
      (drawn, format) => {
        const standings = someOf(drawn, format);
        const table = fillTableOf(format);
        const packed = packTeams(
          standings.map((one) => splitTicketOf(one, table)),
          table,
        );
        const exists = !allSplits(standings, format).next().done;
        assert.equal(packed !== null, exists);
        if (packed === null) return;
        const teams = format.teams.map((_, team) => standings.filter((__, place) => packed[place] === team));
        assert.ok(isMatch(teams, format));
      },
    ),
    { numRuns: 500 },
  );
});

test("[TF23] among few candidates the match is the cheapest there is with the ticket served in it", () => {
  const { regions: _, ...rules } = search;
  let formed = 0;
  const fixedFormats = formats.filter((format) => format !== ranged);
  fc.assert(
    fc.property(
      ticketsArbitrary({ minLength: 4, maxLength: 9, sizeMax: 2 }),
      fc.constantFrom(...fixedFormats),
      (drawn, format) => {
        const [seed, ...others] = drawn.filter(({ eligibleAt }) => eligibleAt <= now);
        fc.pre(seed !== undefined);
        const waves = new TeamWaves({ index: poolOf([seed, ...others]), search: rules, waveMs: 0, format });
        waves.touch(seed);
        const [match] = waves.run({ now: 0, at: now, matchesMax: 1, budget: 9_999, skip: () => false });
        let best = Number.POSITIVE_INFINITY;
        for (const some of subsetsOf(others)) {
          const standings = [seed, ...some];
          if (!areWelcome(standings, rules)) continue;
          const ratings = standings.map(({ rating }) => rating);
          const spread = Math.max(...ratings) - Math.min(...ratings);
          for (const teams of allSplits(standings, format))
            best = Math.min(best, secsOf(teams, format) + prices.spreadPointSecs * spread);
        }
        assert.equal(match === undefined, best === Number.POSITIVE_INFINITY);
        if (match === undefined) return;
        formed += 1;
        assert.ok(Math.abs(costSecsOf(match.costs) - best) < 1e-6, `${costSecsOf(match.costs)} ${best}`);
      },
    ),
    { numRuns: 1_000 },
  );
  assert.ok(formed > 100, `only ${formed} were formed`);
});

function areWelcome(standings: readonly PoolStanding[], rules: SearchRules): boolean {
  return standings.every((one, place) =>
    standings.slice(place + 1).every((other) => accepts(one, other, rules, now) === null),
  );
}

test("[TF17] players are as near to their first roles as can be, whatever way roles are given", () => {
  const roles = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(roles, fc.infiniteStream(fc.shuffledSubarray(["a", "b", "c", "d"])), (counts, stream) => {
      const named = counts.map((count, place) => ({ role: ["a", "b", "c", "d"][place], count }));
      const size = counts.reduce((sum, count) => sum + count, 0);
      if (size > 7) return;
      const players = Array.from({ length: size }, () => stream.next().value as string[]);
      const one = party({ id: 0, ratings: players.map(() => 1_500), wishes: { roles: players } });
      const format = { teams: [{ min: size, max: size }], sizeDifferenceMax: 0, roles: named };
      const assigned = assignRoles(players, named);
      assert.equal(assigned?.steps ?? Number.POSITIVE_INFINITY, fewestSteps([one], format));
      for (const [role, { count }] of named.entries())
        if (assigned !== null) assert.equal(assigned.roles.filter((own) => own === role).length, count);
      for (const [player, role] of assigned?.roles.entries() ?? [])
        assert.ok(players[player].length === 0 || players[player].includes(named[role].role));
    }),
    { numRuns: 1_000 },
  );
});

test("[TF19] tickets that fill the teams are found whenever there are any, and the fewest players missing", () => {
  fc.assert(
    fc.property(
      ticketsArbitrary({ maxLength: 8, sizeMax: 3 }),
      fc.constantFrom(...formats),
      (standings, format) => {
        const table = fillTableOf(format);
        const kinds = new Kinds(table);
        const filled = new TeamFiller(table).fill({
          kinds: standings.map((one) => kinds.of(one)),
          kept: [],
          dropped: new Uint8Array(standings.length),
        });
        let most = 0;
        for (const some of subsetsOf(standings)) {
          if (allSplits(some, format).next().done === true) continue;
          most = Math.max(most, some.flatMap(({ playerIds }) => playerIds).length);
        }
        const own = (filled ?? []).map((place) => standings[place]);
        assert.equal(own.flatMap(({ playerIds }) => playerIds).length, most);
        assert.ok(filled === null || !allSplits(own, format).next().done);
      },
    ),
    { numRuns: 600 },
  );
});

function* subsetsOf(standings: readonly PoolStanding[]): Generator<PoolStanding[]> {
  for (let bits = 0; bits < 1 << standings.length; bits += 1)
    yield standings.filter((_, place) => ((bits >> place) & 1) === 1);
}
