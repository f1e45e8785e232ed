import { expectedScore, type PlayedMatch } from "@matchforge/core";

/** Players in proportion to matches: each plays some twenty, enough to become known and few enough to matter. */
const matchesPerPlayer = 10;
/** Skills as those of a large ladder: nineteen of twenty within ±500 points. */
const skillSpread = 250;
/** How many duels end in a tie whatever the skills. */
const tieShare = 0.02;

/** A duel between drawn skills. */
export interface SyntheticMatch extends PlayedMatch {
  /** The probability that the first one wins, ties aside: what no system can beat for long. */
  readonly truth: number;
}

/**
 * Duels between players whose skills are drawn once, with outcomes drawn from them: a recording where the truth is
 * known. The same seed gives the same duels.
 *
 * @example
 * const matches = syntheticMatches({ count: 5_000, seed: 7 });
 */
export function syntheticMatches({
  count,
  seed,
}: {
  readonly count: number;
  readonly seed: number;
}): SyntheticMatch[] {
  const draw = drawsFrom(seed);
  const players = Math.max(4, Math.round(count / matchesPerPlayer));
  const skills = Array.from({ length: players }, () => skillSpread * normal(draw));
  return Array.from({ length: count }, () => {
    const first = Math.floor(draw() * players);
    const second = (first + 1 + Math.floor(draw() * (players - 1))) % players;
    const truth = expectedScore(skills[first], skills[second]);
    const ranks = draw() < tieShare ? [1, 1] : draw() < truth ? [1, 2] : [2, 1];
    const teams = [first, second].map((player, side) => ({
      players: [`player_${player}`],
      rank: ranks[side],
    }));
    return { teams, isJudged: true, truth };
  });
}

/** Numbers from 0 up to, not including, 1 (mulberry32). */
function drawsFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Near enough to a normal distribution of spread 1: the sum of twelve uniform draws, less six. */
function normal(draw: () => number): number {
  let sum = -6;
  for (let index = 0; index < 12; index += 1) sum += draw();
  return sum;
}
