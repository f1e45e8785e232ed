import fc from "fast-check";
import { duelSearch, PoolIndex, type PoolStanding, type Wishes, wishesOf } from "../../src/index.ts";

type StandingOptions = Partial<Omit<PoolStanding, "wishes">> & {
  readonly id: number;
  readonly wishes?: Partial<Wishes>;
};

/** A ticket of somebody alone, with what the test does not care about filled in. */
export function standing(options: StandingOptions): PoolStanding {
  const { id, enqueuedAt = 0, wishes, ...rest } = options;
  return {
    ticketId: `ticket_${String(id).padStart(6, "0")}`,
    playerIds: [`player_${id}`],
    rating: 1500,
    enqueuedAt,
    orderAt: enqueuedAt,
    eligibleAt: 0,
    draw: 0,
    memberRatings: null,
    wishes: wishesOf(wishes),
    recentOpponents: [],
    slot: -1,
    ...rest,
  };
}

/** An index that holds some standings. */
export function poolOf(standings: readonly PoolStanding[]): PoolIndex {
  const index = new PoolIndex();
  for (const one of standings) index.add(one);
  return index;
}

/** Standings as a pool may hold them: crowded ratings, wishes, waits, rematches. */
export function standingsArbitrary(maxLength = 40): fc.Arbitrary<PoolStanding[]> {
  const one = fc.record({
    rating: fc.integer({ min: 1000, max: 2000 }),
    enqueuedAt: fc.integer({ min: 0, max: 70_000 }),
    eligibleAt: fc.constantFrom(0, 0, 0, 80_000, 100_000),
    draw: fc.integer({ min: -4, max: 4 }),
    opponentMin: fc.option(fc.integer({ min: 1000, max: 1600 }), { freq: 4 }),
    opponentMax: fc.option(fc.integer({ min: 1400, max: 2000 }), { freq: 4 }),
    expandSearch: fc.boolean(),
    met: fc.option(fc.nat(maxLength), { freq: 3 }),
  });
  return fc.array(one, { maxLength, size: "max" }).map((list) =>
    list.map(({ met, opponentMin, opponentMax, expandSearch, ...rest }, id) =>
      standing({
        id,
        ...rest,
        wishes: { opponentMin, opponentMax, expandSearch },
        recentOpponents: met === null ? [] : [{ playerId: `player_${met}`, at: 10_000 }],
      }),
    ),
  );
}

/** When the arbitrary pools are looked at. */
export const now = 90_000;
export const search = duelSearch;

/** Copies that no index has touched. */
export function copies(standings: readonly PoolStanding[]): PoolStanding[] {
  return standings.map((one) => ({ ...one, slot: -1 }));
}
