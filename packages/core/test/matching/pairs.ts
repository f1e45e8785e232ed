import assert from "node:assert/strict";
import { accepts, type Pair, type PoolStanding } from "../../src/index.ts";
import { search } from "./pool.ts";

export function namesOf(pairs: readonly Pair[]): string[] {
  return pairs.map(({ first, second }) => `${first.ticketId} ${second.ticketId}`);
}

export function assertSound(pairs: readonly Pair[], at: number): void {
  const seen = new Set<PoolStanding>();
  for (const { first, second, gap } of pairs) {
    assert.equal(accepts(first, second, search, at), null);
    assert.equal(gap, Math.abs(first.rating - second.rating));
    for (const one of [first, second]) {
      assert.equal(seen.has(one), false, `${one.ticketId} is in two pairs`);
      seen.add(one);
    }
  }
}

export function assertMaximal(standings: readonly PoolStanding[], pairs: readonly Pair[], at: number): void {
  const matched = new Set(pairs.flatMap(({ first, second }) => [first.ticketId, second.ticketId]));
  const left = standings.filter(({ ticketId }) => !matched.has(ticketId));
  for (const one of left) {
    for (const other of left) {
      if (one !== other)
        assert.notEqual(accepts(one, other, search, at), null, `${one.ticketId} ${other.ticketId}`);
    }
  }
}
