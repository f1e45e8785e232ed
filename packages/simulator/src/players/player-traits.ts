import type { Random } from "../time/random.ts";

/** How a simulated player behaves; every player is a little different. */
export interface PlayerTraits {
  readonly wpm: number;
  readonly acceptChance: number;
  readonly declineChance: number;
  readonly cancelChance: number;
  readonly abandonChance: number;
  readonly disconnectChance: number;
  readonly hostileChance: number;
  readonly thinkMs: number;
}

/** Draws the traits of a player. */
export function drawTraits(random: Random): PlayerTraits {
  return {
    wpm: random.between(30, 140),
    acceptChance: 0.9,
    declineChance: 0.04,
    cancelChance: 0.05,
    abandonChance: 0.03,
    disconnectChance: 0.06,
    hostileChance: random.chance(0.2) ? 0.3 : 0.02,
    thinkMs: random.between(500, 8_000),
  };
}
