import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareByAge, compareByRating, type PoolStanding, proposePairs } from "../../src/index.ts";
import { namesOf } from "./pairs.ts";
import { copies, now, poolOf, search, standing, standingsArbitrary } from "./pool.ts";

test("[W13] the index is sorted by rating and by age, whatever comes and goes", () => {
  const moves = fc.array(fc.tuple(fc.constantFrom("add", "remove", "away", "back"), fc.nat(29)), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(standingsArbitrary(30), moves, (drawn, steps) => {
      const standings = copies(drawn);
      const index = poolOf([]);
      const inside = new Set<PoolStanding>();
      const away = new Set<PoolStanding>();
      for (const [step, which] of steps) {
        const one = standings[which];
        if (one === undefined) continue;
        if (step === "add") {
          if (inside.has(one)) continue;
          index.add(one);
          inside.add(one);
        } else if (step === "remove") {
          index.remove(one);
          inside.delete(one);
          away.delete(one);
        } else if (inside.has(one)) {
          index.setPresent(one, step === "back");
          if (step === "away") away.add(one);
          else away.delete(one);
        }
      }
      const present = [...inside].filter((one) => !away.has(one)).sort(compareByRating);
      assert.deepEqual(index.byRating.chunks.flat(), present);
      const byAge = [...inside].sort(compareByAge);
      assert.deepEqual(index.byAge.chunks.flat(), byAge);
      assert.equal(index.size, inside.size);
      for (const [place, one] of byAge.entries()) assert.equal(index.positionOf(one), place + 1);
      for (const one of inside) assert.equal(index.isPresent(one), !away.has(one));
    }),
  );
});

test("[W13] chunks stay sorted and bounded in a pool of thousands", () => {
  const standings = Array.from({ length: 5_000 }, (_, id) =>
    standing({ id, rating: (id * 7919) % 1_000, enqueuedAt: id }),
  );
  const index = poolOf(standings);
  assert.deepEqual(index.byRating.chunks.flat(), [...standings].sort(compareByRating));
  for (const chunk of [...index.byRating.chunks, ...index.byAge.chunks])
    assert.ok(chunk.length <= 512 && chunk.length > 0);
  for (const one of standings.filter((_, at) => at % 3 !== 0)) index.remove(one);
  assert.deepEqual(
    index.byAge.chunks.flat(),
    standings.filter((_, at) => at % 3 === 0),
  );
});

test("[W13] a standing cannot be in its pool twice", () => {
  const one = standing({ id: 1 });
  const index = poolOf([one]);
  assert.throws(() => index.add(one), /ticket_000001 is in its pool already/);
});

test("[W14] who is away is not matched and keeps the place in the queue", () => {
  const first = standing({ id: 1, enqueuedAt: 0 });
  const index = poolOf([first, standing({ id: 2, enqueuedAt: 1 }), standing({ id: 3, enqueuedAt: 2 })]);
  index.setPresent(first, false);
  assert.deepEqual(namesOf(proposePairs({ index, search, at: now }).pairs), ["ticket_000002 ticket_000003"]);
  assert.equal(index.positionOf(first), 1);
  index.setPresent(first, true);
  assert.equal(index.isPresent(first), true);
});
