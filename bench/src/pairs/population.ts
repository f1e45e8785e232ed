import { duelSearch, noWishes, PoolIndex, type PoolStanding } from "@matchforge/core";

/** How many pools the tickets are spread over, where they are: modes × tiers × territories of a large shard. */
export const poolsMax = 160;

/** Numbers of a seeded generator (splitmix32), from 0 up to, not including, 1. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return ((word ^ (word >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}

/** Waiting tickets with ratings N(1500, 300), in the order of their arrival over the last 90 seconds. */
export function population(count: number, seed = 7): PoolStanding[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index): PoolStanding => {
    const enqueuedAt = Math.floor((index * 90_000) / count);
    const id = index.toString(36).padStart(8, "0");
    return {
      ticketId: `ticket_${id}`,
      playerIds: [`player_${id}`],
      rating: Math.round(1500 + 300 * gaussian(random)),
      enqueuedAt,
      orderAt: enqueuedAt,
      eligibleAt: enqueuedAt,
      draw: Math.floor(random() * 0x1_0000_0000) | 0,
      memberRatings: null,
      wishes: noWishes,
      recentOpponents: [],
      slot: -1,
    };
  });
}

/** The moment the waves look at the population. */
export const wavesAt = 90_000;
export const search = duelSearch;

/** The tickets in one pool, or dealt out over many. */
export function poolsOf(standings: readonly PoolStanding[], pools: number): PoolIndex[] {
  const indexes = Array.from({ length: pools }, () => new PoolIndex());
  for (const [place, standing] of standings.entries()) {
    standing.slot = -1;
    indexes[place % pools].add(standing);
  }
  return indexes;
}

/** A number of the standard normal distribution (Box and Muller, 1958). */
export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
