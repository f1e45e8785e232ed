import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type PoolStanding, proposePairs } from "../../src/index.ts";
import { assertMaximal, assertSound, namesOf } from "./pairs.ts";
import { copies, now, poolOf, search, standing, standingsArbitrary } from "./pool.ts";

test("[W8] [W9] every pair is accepted by both, and nobody is left who could still meet", () => {
  fc.assert(
    fc.property(standingsArbitrary(), (drawn) => {
      const standings = copies(drawn);
      const { pairs, complete } = proposePairs({ index: poolOf(standings), search, at: now });
      assert.equal(complete, true);
      assertSound(pairs, now);
      assertMaximal(standings, pairs, now);
    }),
    { numRuns: 300 },
  );
});

test("[W10] the longest waiting is served first, by the nearest rating that is free", () => {
  const oldest = standing({ id: 1, rating: 1500, enqueuedAt: 0 });
  const near = standing({ id: 2, rating: 1510, enqueuedAt: 2 });
  const nearer = standing({ id: 3, rating: 1495, enqueuedAt: 3 });
  const nearest = standing({ id: 4, rating: 1511, enqueuedAt: 4 });
  const { pairs } = proposePairs({ index: poolOf([nearest, nearer, near, oldest]), search, at: 10 });
  assert.deepEqual(namesOf(pairs), ["ticket_000001 ticket_000003", "ticket_000002 ticket_000004"]);
});

test("[W11] the order of arrival does not change the pairs", () => {
  fc.assert(
    fc.property(standingsArbitrary(), fc.infiniteStream(fc.nat()), (drawn, stream) => {
      const standings = copies(drawn);
      const expected = namesOf(proposePairs({ index: poolOf(standings), search, at: now }).pairs);
      const keys = new Map(standings.map((one) => [one.ticketId, stream.next().value as number]));
      const shuffled = copies(standings).sort(
        (a, b) => (keys.get(a.ticketId) ?? 0) - (keys.get(b.ticketId) ?? 0),
      );
      assert.deepEqual(namesOf(proposePairs({ index: poolOf(shuffled), search, at: now }).pairs), expected);
    }),
  );
});

test("[W12] an outlier at the head of the queue holds up nobody", () => {
  const outlier = standing({ id: 1, rating: 4000, enqueuedAt: 0, wishes: { expandSearch: false } });
  const crowd = [2, 3, 4, 5].map((id) => standing({ id, rating: 1500 + id, enqueuedAt: id }));
  assert.equal(proposePairs({ index: poolOf([outlier, ...crowd]), search, at: now }).pairs.length, 2);
});

test("[W18] a wave passes over tickets it is to leave alone", () => {
  const standings = [1, 2, 3].map((id) => standing({ id, rating: 1500 + id }));
  const skip = ({ ticketId }: PoolStanding) => ticketId === "ticket_000002";
  const { pairs } = proposePairs({ index: poolOf(standings), search, at: now, skip });
  assert.deepEqual(namesOf(pairs), ["ticket_000001 ticket_000003"]);
});
