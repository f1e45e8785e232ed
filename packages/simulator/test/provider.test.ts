import assert from "node:assert/strict";
import { test } from "node:test";
import type { AllocationRequest } from "matchforge";
import { FaultCounts } from "../src/faults/fault-counts.ts";
import { FaultyAllocator } from "../src/faults/faulty-allocator.ts";
import { Provider } from "../src/servers/provider.ts";
import { NodeClock } from "../src/time/node-clock.ts";
import { Random } from "../src/time/random.ts";
import { VirtualTime } from "../src/time/virtual-time.ts";

const tenMinutesMs = 600_000;

/** Somebody who lends servers, and those who ask, in virtual time. */
function market(seed: number, capacity: number) {
  const time = new VirtualTime();
  const counts = new FaultCounts();
  const lent: string[] = [];
  const met = new Set<string>();
  const provider = new Provider({
    time,
    capacity,
    counts,
    isFull: () => false,
    reach: (scenario) => met.add(scenario),
    onLent: ({ key }) => lent.push(key),
    onReturned: () => {},
  });
  const random = new Random(seed);
  const clock = new NodeClock({ time, rate: 1, skewMs: 0 });
  const allocator = new FaultyAllocator({ provider, time, clock, random, counts });
  return { time, counts, provider, allocator, lent, met };
}

function requestOf(number: number): AllocationRequest {
  const match = `match_${number}` as const;
  const where = { regions: [], players: [], credential: "1", isUnsure: false };
  return { key: `allocate:${match}:1`, match, mode: "hosted", ...where };
}

test("[X29] whatever goes wrong, a key has one server, and none after it was given back for certain", async () => {
  const { time, counts, provider, allocator, lent, met } = market(5, 1_000);
  const requests = Array.from({ length: 400 }, (_, number) => requestOf(number));
  const outcomes = new Set<string>();
  for (const request of requests) {
    void allocator.allocate(request).then(async ({ kind }) => {
      outcomes.add(kind);
      while ((await allocator.release(request)).kind !== "done") outcomes.add("release unknown");
    });
    await time.run(() => time.now > 5_000 * (requests.indexOf(request) + 1));
  }
  time.after(tenMinutesMs, () => {});
  await time.run(() => false);
  assert.equal(provider.held, 0);
  assert.equal(new Set(lent).size, lent.length);
  assert.deepEqual([...outcomes].sort(), ["allocated", "release unknown", "unknown"]);
  for (const kind of ["provider_slow", "provider_silent", "provider_repeats"] as const)
    assert.ok(counts.of(kind) > 0, kind);
  for (const scenario of ["D2", "D3"]) assert.ok(met.has(scenario), scenario);
});

test("[X29] none is answered only where nothing can be held", async () => {
  const { time, provider, allocator } = market(1, 0);
  const kinds: string[] = [];
  const ask = async (request: AllocationRequest) => {
    kinds.push((await allocator.allocate(request)).kind);
  };
  void ask(requestOf(1)).then(() => ask({ ...requestOf(2), isUnsure: true }));
  await time.run(() => false);
  assert.deepEqual(kinds, ["none", "unknown"]);
  provider.beginOutage(tenMinutesMs);
  void ask(requestOf(3));
  await time.run(() => false);
  assert.deepEqual(kinds.slice(2), ["unknown"]);
});
