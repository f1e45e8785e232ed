import assert from "node:assert/strict";
import { test } from "node:test";
import { glicko2System } from "../../src/ratings/glicko2-system.ts";
import type { Rating } from "../../src/ratings/rating.ts";

const strengths = [1100, 1250, 1400, 1500, 1600, 1750, 1900, 1500];

test("[R27] games of four against four alone bring players to where they belong", () => {
  const system = glicko2System({ periodsPerMatch: 0.05 });
  const random = randomFrom(5);
  let known: Rating[] = strengths.map(() => system.initial());
  for (let match = 0; match < 3_000; match += 1) {
    const sides = drawSides(random);
    const isWon = random() < winOf(sides);
    const teams = sides.map((side, index) => ({
      ratings: side.map((player) => known[player]),
      rank: (index === 0) === isWon ? 1 : 2,
    }));
    const rated = system.rate(teams).flat();
    const after = new Map(sides.flat().map((player, place) => [player, rated[place]]));
    known = known.map((before, player) => after.get(player) ?? before);
  }
  known.forEach(({ rating, deviation }, player) => {
    const off = Math.abs(rating - strengths[player]);
    assert.ok(off < 150 && off < 3 * deviation, `${rating} ± ${deviation} for ${strengths[player]}`);
  });
});

/** Everybody plays, four against four. */
function drawSides(random: () => number): number[][] {
  const order = strengths
    .map((_, player) => ({ player, place: random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ player }) => player);
  return [order.slice(0, 4), order.slice(4)];
}

/** How likely the first side wins. */
function winOf(sides: readonly (readonly number[])[]): number {
  const [own, other] = sides.map((side) => side.reduce((sum, player) => sum + strengths[player], 0) / 4);
  return 1 / (1 + 10 ** ((other - own) / 400));
}

/** A linear congruential generator: the same draws in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
