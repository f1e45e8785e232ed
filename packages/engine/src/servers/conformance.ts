import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { AllocatedServer, AllocationRequest, ServerAllocator } from "./port.ts";

/**
 * What a provider does to one request for a server, instead of answering it: it fails without effect; it
 * carries it out only long after the allocator has given it up; it carries it out and loses the answer; or
 * the answer cannot be read.
 */
export type ProviderFault = "fails" | "late" | "lost" | "garbled";

/** Faults by chance, each as a fraction of the requests. */
export interface FaultChances extends Readonly<Record<ProviderFault, number>> {
  readonly seed: number;
}

/** An allocator that is open, and what its provider knows. */
export interface OpenAllocator {
  readonly allocator: ServerAllocator;
  /** How many servers the provider holds under a key, by its own books. */
  held(key: string): Promise<number> | number;
  /** The same over all keys. */
  heldInAll(): Promise<number> | number;
  end(): Promise<void>;
  /** For providers that can fail: those of the outside. */
  readonly faults?: {
    /** What happens to the next requests for a server, in order. */
    next(...faults: readonly ProviderFault[]): void;
    byChance(chances: FaultChances): void;
    /** The next request for a server has arrived and is held back, until `letGo` is called. */
    holdNext(): { readonly arrived: Promise<void>; letGo(): void };
    /** Resolves once every late request was carried out. */
    lateDone(): Promise<void>;
    /** Nobody answers any more. */
    stop(): Promise<void>;
  };
}

/** How the kit gets at an allocator. */
export interface AllocatorHarness {
  readonly name: string;
  /** Whether there is a provider that can fail: then what it opens can be made to. */
  readonly canFail: boolean;
  /**
   * Opens one whose provider has so many servers. Where it will fail, time-outs are short, and what is late
   * comes before the allocator takes it for lost.
   */
  open(options: { readonly capacity: number; readonly willFail: boolean }): Promise<OpenAllocator>;
}

type Faulty = OpenAllocator & { readonly faults: NonNullable<OpenAllocator["faults"]> };

/** Runs the promises of the `ServerAllocator` port against an allocator. */
export function allocatorConformance(harness: AllocatorHarness): void {
  const check = (title: string, capacity: number, body: (open: OpenAllocator) => Promise<void>) =>
    test(`${title} (${harness.name})`, async () => {
      const open = await harness.open({ capacity, willFail: false });
      try {
        await body(open);
      } finally {
        await open.end();
      }
    });

  check("[AL1] one key has one server, however often it is asked", 3, async ({ allocator, held }) => {
    const first = await allocated(allocator, 1);
    assert.deepEqual(await allocated(allocator, 1), first);
    assert.equal(await held(keyOf(1)), 1);
  });

  check("[AL1] one key has one server, also when asked at once", 3, async ({ allocator, held }) => {
    const servers = await Promise.all(Array.from({ length: 8 }, () => allocated(allocator, 1)));
    for (const server of servers) assert.deepEqual(server, servers[0]);
    assert.equal(await held(keyOf(1)), 1);
  });

  check("[AL2] different keys have different places", 3, async ({ allocator, held, heldInAll }) => {
    await Promise.all([1, 2, 3].map((number) => allocated(allocator, number)));
    for (const number of [1, 2, 3]) assert.equal(await held(keyOf(number)), 1);
    assert.equal(await heldInAll(), 3);
  });

  check("[AL3] where nothing is free the answer is none, and nothing is held", 1, async (open) => {
    await allocated(open.allocator, 1);
    const outcome = await open.allocator.allocate(requestOf(2));
    assert.equal(outcome.kind, "none");
    assert.ok(outcome.kind === "none" && outcome.reason.length > 0);
    assert.equal(await open.held(keyOf(2)), 0);
  });

  check("[AL4] what was released is free for others", 1, async ({ allocator, held }) => {
    await allocated(allocator, 1);
    await released(allocator, 1);
    assert.equal(await held(keyOf(1)), 0);
    await allocated(allocator, 2);
  });

  check("[AL4] releasing what holds nothing is done, also twice and at once", 1, async ({ allocator }) => {
    await Promise.all([released(allocator, 1), released(allocator, 1)]);
    await released(allocator, 1);
    await allocated(allocator, 2);
  });

  check("[AL5] a release while a server is being allocated leaves nothing", 1, async (open) => {
    const asked = open.allocator.allocate(requestOf(1));
    await released(open.allocator, 1);
    await asked;
    assert.equal(await open.heldInAll(), 0);
  });

  check("[AL9] after the end nothing rejects", 1, async ({ allocator }) => {
    await allocator.close();
    assert.notEqual((await allocator.allocate(requestOf(1))).kind, "allocated");
    assert.equal((await allocator.release(releaseOf(1))).kind, "unknown");
  });

  if (harness.canFail) underFaults(harness);
}

function underFaults(harness: AllocatorHarness): void {
  const check = (title: string, capacity: number, body: (open: Faulty) => Promise<void>) =>
    test(`${title} (${harness.name})`, async () => {
      const open = await harness.open({ capacity, willFail: true });
      try {
        assert.ok(open.faults !== undefined, `${harness.name} says that its provider can fail`);
        await body(open as Faulty);
      } finally {
        await open.end();
      }
    });

  for (const fault of ["fails", "late", "lost", "garbled"] as const) {
    check(`[AL6] a request that ${saying[fault]} is tried again, for one server`, 3, async (open) => {
      open.faults.next(fault);
      const first = await allocated(open.allocator, 1);
      await open.faults.lateDone();
      assert.deepEqual(await allocated(open.allocator, 1), first);
      await released(open.allocator, 1);
      assert.equal(await open.heldInAll(), 0);
    });
  }

  check("[AL5] a release while the provider is at the request leaves nothing", 1, async (open) => {
    const { arrived, letGo } = open.faults.holdNext();
    const asked = open.allocator.allocate(requestOf(1));
    await arrived;
    const release = released(open.allocator, 1);
    letGo();
    await release;
    assert.notEqual((await asked).kind, "allocated");
    assert.equal(await open.heldInAll(), 0);
  });

  check("[AL7] what arrives after it was given up leaves nothing after a release", 3, async (open) => {
    open.faults.next("late", "late", "late");
    assert.notEqual((await open.allocator.allocate(requestOf(1))).kind, "none");
    await released(open.allocator, 1);
    await open.faults.lateDone();
    assert.equal(await open.heldInAll(), 0);
  });

  check("[AL8] a provider that is down ends in an outcome, and not in an error", 1, async (open) => {
    await allocated(open.allocator, 1);
    await open.faults.stop();
    const outcomes = await Promise.all([2, 3, 4].map((number) => open.allocator.allocate(requestOf(number))));
    for (const { kind } of outcomes) assert.notEqual(kind, "allocated");
    assert.equal((await open.allocator.allocate(requestOf(1))).kind, "unknown");
    assert.equal((await open.allocator.release(releaseOf(1))).kind, "unknown");
  });

  check("[AL7] [AL6] after a storm nothing is held that was released", 40, async (open) => {
    open.faults.byChance({ seed: 1, fails: 0.15, late: 0.1, lost: 0.1, garbled: 0.05 });
    await Promise.all(Array.from({ length: 60 }, (_, number) => lived(open, number)));
    await open.faults.lateDone();
    assert.equal(await open.heldInAll(), 0);
  });
}

const saying: Readonly<Record<ProviderFault, string>> = {
  fails: "fails",
  late: "is carried out late",
  lost: "loses its answer",
  garbled: "is answered with nonsense",
};

/** One match: whatever became of its request, it is released until that is done. */
async function lived({ allocator, held }: OpenAllocator, number: number): Promise<void> {
  const outcome = await allocator.allocate(requestOf(number));
  if (outcome.kind === "allocated") assert.ok((await held(keyOf(number))) >= 1);
  while ((await allocator.release(releaseOf(number))).kind !== "done") await pause(1);
}

async function allocated(allocator: ServerAllocator, number: number): Promise<AllocatedServer> {
  const outcome = await allocator.allocate(requestOf(number));
  assert.equal(outcome.kind, "allocated", JSON.stringify(outcome));
  assert.ok(outcome.kind === "allocated" && outcome.server.address.length > 0);
  return outcome.server;
}

async function released(allocator: ServerAllocator, number: number): Promise<void> {
  assert.deepEqual(await allocator.release(releaseOf(number)), { kind: "done" });
}

function keyOf(number: number): string {
  return `allocate:match_${number}:1`;
}

function releaseOf(number: number) {
  return { key: keyOf(number), match: `match_${number}` } as const;
}

function requestOf(number: number): AllocationRequest {
  return {
    ...releaseOf(number),
    mode: "code_duel",
    regions: ["eu-west", "us-east"],
    players: [
      { player: "player_a", team: 0 },
      { player: "player_b", team: 1 },
    ],
    credential: `credential of ${number}`,
    isUnsure: false,
  };
}
