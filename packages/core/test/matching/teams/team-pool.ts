import assert from "node:assert/strict";
import fc from "fast-check";
import {
  createState,
  defineMode,
  type FormedMatch,
  type ModeRules,
  type PlayerId,
  type PoolIndex,
  type PoolStanding,
  regionsOf,
  type SearchRules,
  type TeamFormat,
  TeamWaves,
} from "../../../src/index.ts";
import { admitEachOther, rolesFit, sizesFit } from "../../../src/kernel/decide/judge-teams.ts";
import type { Standing } from "../../../src/kernel/model.ts";
import { standing } from "../pool.ts";

export const roleNames = ["tank", "healer", "dps"];
export const regionNames = ["asia", "europe", "oceania"];
/** When the pools are looked at. */
export const now = 90_000;

/** Windows in steps, rematches avoided, three regions whose ceiling widens once. */
export const search: SearchRules = {
  widening: {
    kind: "steps",
    steps: [
      { afterMs: 0, gap: 100 },
      { afterMs: 30_000, gap: 300 },
      { afterMs: 60_000, gap: Number.POSITIVE_INFINITY },
    ],
  },
  avoidRematch: { last: 3, forMs: 120_000 },
  regions: {
    names: regionNames,
    latencyMax: [
      { afterMs: 0, latencyMs: 80 },
      { afterMs: 40_000, latencyMs: 200 },
    ],
  },
};

/** Anyone may meet anyone. */
export const open: SearchRules = {
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
  avoidRematch: null,
};

/** Teams of fixed sizes, without roles unless they are given. */
export function fixed(sizes: readonly number[], roles: Readonly<Record<string, number>> = {}): TeamFormat {
  return {
    teams: sizes.map((size) => ({ min: size, max: size })),
    sizeDifferenceMax: Math.max(...sizes) - Math.min(...sizes),
    roles: Object.entries(roles).map(([role, count]) => ({ role, count })),
  };
}

export const duo = fixed([2, 2]);
export const duoWithRoles = fixed([2, 2], { tank: 1, dps: 1 });
export const fiveVsFive = fixed([5, 5]);
export const fiveWithRoles = fixed([5, 5], { tank: 1, healer: 1, dps: 3 });
export const ranged: TeamFormat = {
  teams: [
    { min: 2, max: 4 },
    { min: 2, max: 4 },
  ],
  sizeDifferenceMax: 1,
  roles: [],
};

/** One in five has it. */
function seldom<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.integer({ min: 0, max: 4 }).chain((drawn) => (drawn === 4 ? value : fc.constant(null)));
}

/** All kinds of formats that small pools can fill. */
export const formats = [
  duo,
  duoWithRoles,
  ranged,
  fixed([1, 1, 1]),
  fixed([2, 1]),
  fixed([2, 2, 2]),
  fixed([3, 3], { tank: 1, healer: 1, dps: 1 }),
];

/** Tickets of one to `sizeMax` players with roles, wishes, regions, latencies, blocks, rematches and waits. */
export function ticketsArbitrary(options: {
  readonly maxLength: number;
  readonly minLength?: number;
  readonly sizeMax?: number;
}): fc.Arbitrary<PoolStanding[]> {
  const { maxLength, minLength = 0, sizeMax = 3 } = options;
  const player = fc.record({
    rating: fc.integer({ min: 1_350, max: 1_650 }),
    roles: fc.subarray(roleNames),
  });
  const someone = fc.nat(maxLength * 2).map((id) => `player_${id}` as const);
  const one = fc.record({
    players: fc.array(player, { minLength: 1, maxLength: sizeMax }),
    enqueuedAt: fc.integer({ min: 0, max: now }),
    eligibleAt: fc.constantFrom(0, 0, 0, 0, 0, now + 1),
    draw: fc.integer({ min: -4, max: 4 }),
    opponentMin: seldom(fc.integer({ min: 1_350, max: 1_500 })),
    opponentMax: seldom(fc.integer({ min: 1_500, max: 1_650 })),
    expandSearch: fc.constantFrom(true, true, true, false),
    regions: seldom(fc.subarray(regionNames, { minLength: 1 })),
    latencies: seldom(fc.tuple(...regionNames.map(() => fc.integer({ min: 10, max: 250 })))),
    blocked: seldom(someone),
    met: seldom(someone),
  });
  return fc
    .array(one, { minLength, maxLength, size: "max" })
    .map((list) => list.map((drawn, id) => ticketOf(drawn, id)));
}

interface Drawn {
  readonly players: readonly { readonly rating: number; readonly roles: readonly string[] }[];
  readonly enqueuedAt: number;
  readonly eligibleAt: number;
  readonly draw: number;
  readonly opponentMin: number | null;
  readonly opponentMax: number | null;
  readonly expandSearch: boolean;
  readonly regions: readonly string[] | null;
  readonly latencies: readonly number[] | null;
  readonly blocked: PlayerId | null;
  readonly met: PlayerId | null;
}

function ticketOf(
  { players, latencies, blocked, met, enqueuedAt, eligibleAt, draw, ...wishes }: Drawn,
  id: number,
) {
  const measured = latencies?.map((latencyMs, place) => ({ region: regionNames[place], latencyMs }));
  return party({
    id,
    ratings: players.map(({ rating }) => rating),
    enqueuedAt,
    eligibleAt,
    draw,
    wishes: {
      ...wishes,
      blocked: blocked === null ? [] : [blocked],
      latencies: measured ?? null,
      roles: players.map(({ roles }) => roles),
    },
    recentOpponents: met === null ? [] : [{ playerId: met, at: now - 10_000 }],
  });
}

type PartyOptions = Omit<Parameters<typeof standing>[0], "rating"> & { readonly ratings: readonly number[] };

/** A ticket of players with these ratings; `player_0`, `player_1` … are the first players of tickets 0, 1 … */
export function party({ ratings, id, ...rest }: PartyOptions): PoolStanding {
  return standing({
    ...rest,
    id,
    playerIds: ratings.map((_, place): PlayerId => (place === 0 ? `player_${id}` : `player_${id}_${place}`)),
    rating: ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length,
    memberRatings: ratings.length === 1 ? null : ratings,
  });
}

/** Lone players. */
export function alone(id: number, rating = 1_500, roles: readonly string[] = []): PoolStanding {
  return party({ id, ratings: [rating], enqueuedAt: id, wishes: { roles: [roles] } });
}

/** A mode of a format, as the kernel's judge wants it. */
export function modeOf(format: TeamFormat, rules: SearchRules): ModeRules {
  const { teams, sizeDifferenceMax, roles } = format;
  return defineMode({ id: "teams", teams, sizeDifferenceMax, roles, search: rules });
}

/** The kernel would take every match, and no ticket is in two. */
export function assertSound(
  matches: readonly FormedMatch[],
  { format, rules, at }: { readonly format: TeamFormat; readonly rules: SearchRules; readonly at: number },
): void {
  const mode = modeOf(format, rules);
  const state = createState();
  state.time = at;
  const seen = new Set<PoolStanding>();
  for (const { teams, roles } of matches) {
    const standings = teams as readonly (readonly Standing[])[];
    assert.ok(sizesFit(standings, mode), "sizes");
    assert.ok(rolesFit(standings, roles, mode), "roles");
    assert.ok(admitEachOther(state, standings, mode), "acceptance");
    let shared = -1;
    for (const one of teams.flat()) {
      shared &= regionsOf(one, rules, at);
      assert.equal(seen.has(one), false, `${one.ticketId} is in two matches`);
      assert.ok(one.eligibleAt <= at);
      seen.add(one);
    }
    assert.notEqual(shared, 0, "region");
  }
}

/** Waves until nothing is due any more; the tickets of each match leave the pool. */
export function drain(
  waves: TeamWaves,
  index: PoolIndex,
  at: number,
  { matchesMax = Number.POSITIVE_INFINITY, budget = 1_000_000 } = {},
): FormedMatch[] {
  const all: FormedMatch[] = [];
  for (let round = 0; waves.dueInMs(round, at) === 0; round += 1) {
    assert.ok(round < 10_000, "waves do not come to rest");
    const matches = waves.run({ now: round, at, matchesMax, budget, skip: () => false });
    assert.ok(matches.length <= matchesMax);
    for (const { teams } of matches) for (const one of teams.flat()) index.remove(one);
    all.push(...matches);
  }
  return all;
}

/** Matches of a whole pool, formed until nothing is due. */
export function matchesOf(options: {
  readonly index: PoolIndex;
  readonly format: TeamFormat;
  readonly rules?: SearchRules;
  readonly at?: number;
}): FormedMatch[] {
  const { index, format, rules = search, at = now } = options;
  const waves = new TeamWaves({ index, search: rules, waveMs: 0, format });
  waves.startOver();
  return drain(waves, index, at);
}

/** What a match looks like, as text. */
export function textOf({ teams, roles, costs, considered, rejected }: FormedMatch): string {
  const names = teams.map((team) => team.map(({ ticketId }) => ticketId));
  return JSON.stringify({ names, roles, costs, considered, rejected });
}
