import assert from "node:assert/strict";
import { test } from "node:test";
import { PoolWaves, type SearchRules } from "../../src/index.ts";
import { poolOf, standing } from "./pool.ts";

const search: SearchRules = {
  widening: { kind: "linear", gap: 0, perSecond: 10, max: 1_000 },
  avoidRematch: null,
  regions: { names: ["eu", "us"], latencyMax: [] },
};
const from = (eu: number, us: number) => ({
  latencies: [
    { region: "eu", latencyMs: eu },
    { region: "us", latencyMs: us },
  ],
});
const at = 90_000;

function waveOver(standings: Parameters<typeof poolOf>[0]) {
  const waves = new PoolWaves({ index: poolOf(standings), search, waveMs: 50 });
  waves.startOver();
  return waves.run({ now: 0, at, matchesMax: 9, budget: 1_000, skip: () => false });
}

test("[W31] a nearer server outweighs a few points", () => {
  const own = standing({ id: 1, rating: 1_500, wishes: from(20, 200) });
  const far = standing({ id: 2, rating: 1_510, enqueuedAt: 1, wishes: from(220, 20) });
  const near = standing({ id: 3, rating: 1_540, enqueuedAt: 2, wishes: from(30, 200) });
  const [match] = waveOver([own, far, near]);
  assert.deepEqual(
    match.teams.flat().map(({ ticketId }) => ticketId),
    [own.ticketId, near.ticketId],
  );
  assert.deepEqual(match.costs, [
    { term: "rating_gap", secs: 4 },
    { term: "latency", secs: 1.5 },
  ]);
  assert.deepEqual(match.rejected, [{ reason: "spare", count: 1 }]);
});

test("[W31] many points outweigh a nearer server", () => {
  const own = standing({ id: 1, rating: 1_500, wishes: from(20, 200) });
  const far = standing({ id: 2, rating: 1_510, enqueuedAt: 1, wishes: from(60, 20) });
  const near = standing({ id: 3, rating: 1_900, enqueuedAt: 2, wishes: from(20, 200) });
  const [match] = waveOver([own, far, near]);
  assert.equal(match.teams[1][0], far);
});
