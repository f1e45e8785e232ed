import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rankStandings, statsOf, type TypingPlayer } from "../../../src/games/typing/standing.ts";
import { nothingTyped, type Typed } from "../../../src/games/typing/typed.ts";

function standing(team: number, typed: Partial<Typed>, finishedAt: number | null = null): TypingPlayer {
  return { team, typed: { ...nothingTyped, ...typed }, finishedAt };
}

/** Figures close enough together that ties are common. */
const figures = fc.record({
  typed: fc
    .record({ position: fc.nat(3), errors: fc.nat(3), right: fc.nat(5), backspaces: fc.nat(2) })
    .map(({ position, errors, right, backspaces }) => ({
      position,
      wrong: 0,
      keys: position + right + errors + backspaces,
      backspaces,
      errors,
    })),
  finishedAt: fc.option(fc.nat(2), { nil: null }),
});

const teams = fc.array(fc.array(figures, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });

type Side = readonly Omit<TypingPlayer, "team">[];

function ranksOf(sides: readonly Side[]): number[] {
  return rankStandings(sides.flatMap((side, team) => side.map((player) => ({ ...player, team }))));
}

test("[G8] a finish is ahead of progress, the earlier finish of the later", () => {
  assert.deepEqual(
    rankStandings([standing(0, { position: 9 }), standing(1, { position: 3 }, 5_000)]),
    [2, 1],
  );
  assert.deepEqual(rankStandings([standing(0, {}, 5_001), standing(1, {}, 5_000)]), [2, 1]);
});

test("[G8] progress is ahead of accuracy, and equals tie", () => {
  const sloppy = { position: 4, keys: 8, errors: 4 };
  assert.deepEqual(rankStandings([standing(0, sloppy), standing(1, { position: 3, keys: 3 })]), [1, 2]);
  assert.deepEqual(rankStandings([standing(0, sloppy), standing(1, { position: 4, keys: 4 })]), [2, 1]);
  assert.deepEqual(rankStandings([standing(0, sloppy), standing(1, sloppy)]), [1, 1]);
  assert.deepEqual(rankStandings([standing(0, {}), standing(1, {})]), [1, 1]);
});

test("[G8] accuracies that are the same fraction tie, whatever the counts", () => {
  const once = { position: 4, keys: 49, errors: 3 };
  const thrice = { position: 4, keys: 150, errors: 9, backspaces: 3 };
  assert.deepEqual(rankStandings([standing(0, once), standing(1, thrice)]), [1, 1]);
});

test("[G8] nothing typed is no accuracy at all", () => {
  assert.deepEqual(rankStandings([standing(0, {}), standing(1, { keys: 2, errors: 1 })]), [2, 1]);
  assert.deepEqual(rankStandings([standing(0, { keys: 1, backspaces: 1 }), standing(1, {})]), [1, 1]);
});

test("[G8] a team counts by all its players, and finishes with its first", () => {
  const slow = [standing(0, { position: 3 }), standing(0, { position: 3 })];
  const fast = [standing(1, { position: 5 }), standing(1, { position: 0 })];
  assert.deepEqual(rankStandings([...slow, ...fast]), [1, 2]);
  assert.deepEqual(rankStandings([...slow, ...fast, standing(1, {}, 9)]), [2, 1]);
});

test("[G14] swapping the sides of a duel swaps their ranks", () => {
  fc.assert(
    fc.property(figures, figures, (left, right) => {
      const [own, other] = ranksOf([[left], [right]]);
      assert.deepEqual(ranksOf([[right], [left]]), [other, own]);
    }),
  );
});

test("[G14] a team's rank is one more than the teams that would be ahead of it in a duel", () => {
  const isAhead = (left: Side, right: Side) => {
    const [own, other] = ranksOf([left, right]);
    return own < other;
  };
  fc.assert(
    fc.property(teams, (sides) => {
      const expected = sides.map((own) => 1 + sides.filter((other) => isAhead(other, own)).length);
      assert.deepEqual(ranksOf(sides), expected);
    }),
  );
});

test("[G14] the order of players and of teams does not matter", () => {
  fc.assert(
    fc.property(teams, fc.infiniteStream(fc.nat(1_000)), (sides, stream) => {
      const shuffled = <T>(list: readonly T[]) =>
        list
          .map((value, index) => ({ value, index, key: stream.next().value as number }))
          .sort((left, right) => left.key - right.key || left.index - right.index);
      const ranks = ranksOf(sides);
      const order = shuffled(sides);
      const permuted = ranksOf(order.map(({ value }) => shuffled(value).map((player) => player.value)));
      assert.deepEqual(
        permuted,
        order.map(({ index }) => ranks[index]),
      );
    }),
  );
});

test("[G15] figures follow their formulas", () => {
  const typed = { position: 50, wrong: 0, keys: 64, backspaces: 4, errors: 6 };
  assert.deepEqual(statsOf(typed, { length: 100, timeMs: 30_000 }), {
    progress: 0.5,
    wpm: 20,
    accuracy: 0.9,
    timeMs: 30_000,
  });
});

test("[G15] before the first key, and at no time, all figures are 0", () => {
  const nothing = { progress: 0, wpm: 0, accuracy: 0, timeMs: 0 };
  assert.deepEqual(statsOf(nothingTyped, { length: 0, timeMs: 0 }), nothing);
  assert.deepEqual(statsOf(nothingTyped, { length: 10, timeMs: 0 }), nothing);
  const onlyBackspaces = { ...nothingTyped, keys: 2, backspaces: 2 };
  assert.equal(statsOf(onlyBackspaces, { length: 10, timeMs: 1 }).accuracy, 0);
});
