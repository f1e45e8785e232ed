import type { Random } from "../time/random.ts";

/** How a simulated player behaves; every player is a little different. Chances are for each look at the game. */
export interface PlayerTraits {
  readonly wpm: number;
  readonly acceptChance: number;
  readonly declineChance: number;
  /** To answer a ready check at the last moment only. */
  readonly hesitateChance: number;
  readonly cancelChance: number;
  /** To leave the party when its match is found already. */
  readonly fickleChance: number;
  readonly abandonChance: number;
  readonly disconnectChance: number;
  /** To stay away for long when cut off by no fault of theirs. */
  readonly staysAwayChance: number;
  readonly secondDeviceChance: number;
  /** To queue in two tabs at once. */
  readonly twoTabsChance: number;
  readonly hostileChance: number;
  /** That an answer never arrives. */
  readonly lostAnswerChance: number;
  readonly thinkMs: number;
}

/** Draws the traits of a player. */
export function drawTraits(random: Random): PlayerTraits {
  return {
    wpm: random.between(30, 140),
    acceptChance: 0.9,
    declineChance: 0.04,
    hesitateChance: 0.05,
    cancelChance: 0.008,
    fickleChance: 0.05,
    abandonChance: 0.0015,
    disconnectChance: 0.004,
    staysAwayChance: 0.05,
    secondDeviceChance: 0.001,
    twoTabsChance: 0.02,
    hostileChance: random.chance(0.2) ? 0.03 : 0.002,
    lostAnswerChance: 0.01,
    thinkMs: random.between(300, 5_000),
  };
}
