import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { ServerAllocator } from "matchforge";
import { AllocatorError } from "../../src/allocators/allocator-error.ts";
import { httpProvider } from "../../src/allocators/http-provider/http-provider.ts";
import { type AllocatorLimits, allocatorLimits, limitsFit, triesMsMax } from "../../src/allocators/limits.ts";
import { OutsideAllocator } from "../../src/allocators/outside-allocator.ts";
import { StandInProvider } from "./stand-in-provider.ts";
import { impatientLimits, requestOf, testLimits, until } from "./test-limits.ts";

/** An allocator with its provider, for as long as a test runs. */
async function opened(limits: AllocatorLimits = testLimits, keepsTombstones = true) {
  const provider = await StandInProvider.start({ capacity: 10, keepsTombstones });
  const place = { url: provider.url, tokenFile: null };
  const allocator: ServerAllocator = new OutsideAllocator(httpProvider(place, limits), limits);
  return {
    provider,
    allocator,
    async [Symbol.asyncDispose]() {
      await allocator.close();
      await provider.stop();
    },
  };
}

function codeOf(cause: unknown): string {
  assert.ok(cause instanceof AllocatorError, String(cause));
  return cause.code;
}

test("[AL10] the bounds fit: all tries into an allocation, and a try of the next allocator behind it", () => {
  assert.equal(triesMsMax(allocatorLimits), 31_500);
  assert.ok(limitsFit(allocatorLimits));
  assert.ok(limitsFit(impatientLimits));
  assert.ok(!limitsFit({ ...allocatorLimits, tries: 4 }));
  assert.ok(!limitsFit({ ...allocatorLimits, allocateMs: 36_000 }));
  assert.ok(!limitsFit({ ...allocatorLimits, lateMs: 9_999 }));
});

test("[AL11] there are three tries in all, and the last failure is told", async () => {
  await using open = await opened();
  open.provider.faults.next("fails", "fails", "fails");
  const outcome = await open.allocator.allocate(requestOf(1));
  assert.ok(outcome.kind === "unknown");
  assert.equal(codeOf(outcome.cause), "PROVIDER_FAILED");
  assert.deepEqual(
    open.provider.seen.map(({ method }) => method),
    ["POST", "GET", "POST", "GET", "POST"],
  );
});

test("[AL11] a request that takes too long is given up, and all tries end with their allocation", async () => {
  await using open = await opened({ ...impatientLimits, tries: 50, allocateMs: 250 });
  open.provider.faults.next(...Array<"late">(50).fill("late"));
  const outcome = await open.allocator.allocate(requestOf(1));
  assert.ok(outcome.kind !== "none");
  assert.ok(open.provider.seen.filter(({ method }) => method === "POST").length <= 3);
});

test("[AL12] a provider that fails in a row is left alone by all matches, and asked again later", async () => {
  await using open = await opened({ ...testLimits, breakerCalls: 3, breakerCallsMin: 3, breakerOpenMs: 500 });
  open.provider.faults.next("fails", "fails", "fails");
  const first = await open.allocator.allocate(requestOf(1));
  assert.equal(first.kind, "unknown");
  const asked = open.provider.seen.length;
  const second = await open.allocator.allocate(requestOf(2));
  assert.ok(second.kind === "none" && second.reason.startsWith("PROVIDER_AWAY: "), JSON.stringify(second));
  const again = await open.allocator.allocate(requestOf(1));
  assert.ok(again.kind === "unknown" && codeOf(again.cause) === "PROVIDER_AWAY");
  const release = await open.allocator.release(requestOf(1));
  assert.ok(release.kind === "unknown" && codeOf(release.cause) === "PROVIDER_AWAY");
  assert.equal(open.provider.seen.length, asked);
  let outcome = second as Awaited<ReturnType<ServerAllocator["allocate"]>>;
  while (outcome.kind === "none") {
    await pause(5);
    outcome = await open.allocator.allocate(requestOf(2));
  }
  assert.equal(outcome.kind, "allocated");
});

test("[AL12] an answer that there is nothing to give is no failure", async () => {
  await using open = await opened({ ...testLimits, breakerCalls: 2, breakerCallsMin: 2 });
  const full = { status: 503, contentType: "application/problem+json", body: { detail: "full" } };
  open.provider.answers.push(full, full, full, full);
  for (const number of [1, 2, 3, 4])
    assert.equal((await open.allocator.allocate(requestOf(number))).kind, "none");
  assert.equal((await open.allocator.allocate(requestOf(5))).kind, "allocated");
});

test("[AL13] beyond what may wait nothing is asked, and that is said", async () => {
  await using open = await opened({ ...testLimits, atOnce: 1, allocationsWaiting: 1 });
  const { arrived, letGo } = open.provider.faults.holdNext();
  const first = open.allocator.allocate(requestOf(1));
  await arrived;
  const second = open.allocator.allocate(requestOf(2));
  const third = await open.allocator.allocate(requestOf(3));
  assert.ok(third.kind === "none" && third.reason.startsWith("ALLOCATOR_BUSY: "));
  letGo();
  assert.equal((await first).kind, "allocated");
  assert.equal((await second).kind, "allocated");
});

test("[AL13] who waits for a turn in vain hears it when the time of an allocation is over", async () => {
  await using open = await opened({ ...testLimits, requestMs: 5_000, allocateMs: 60, atOnce: 1 });
  open.provider.faults.next(...Array<"late">(9).fill("late"));
  const asked = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => open.allocator.allocate(requestOf(number)));
  for (const outcome of await Promise.all(asked)) {
    const cause = outcome.kind === "unknown" ? codeOf(outcome.cause) : JSON.stringify(outcome);
    assert.match(cause, /PROVIDER_TIMEOUT/);
  }
});

test("[AL14] nothing is allocated under a key that was released", async () => {
  await using open = await opened(testLimits, false);
  assert.equal((await open.allocator.allocate(requestOf(1))).kind, "allocated");
  assert.equal((await open.allocator.release(requestOf(1))).kind, "done");
  const outcome = await open.allocator.allocate(requestOf(1));
  assert.ok(outcome.kind === "none" && outcome.reason.startsWith("RELEASED: "));
  assert.equal(open.provider.heldInAll, 0);
});

test("[AL15] that there is nothing to give is not certain after a request in doubt", async () => {
  await using open = await opened();
  const full = { status: 503, contentType: "application/problem+json", body: { detail: "full" } };
  const nothing = { status: 404 };
  open.provider.answers.push({ status: 500 }, nothing, full);
  const outcome = await open.allocator.allocate(requestOf(1));
  assert.ok(outcome.kind === "unknown");
  assert.equal(codeOf(outcome.cause), "MAY_BE_HELD");
});

test("[AL15] a provider that cannot be reached holds nothing, as far as it was never asked", async () => {
  await using open = await opened();
  assert.equal((await open.allocator.allocate(requestOf(1))).kind, "allocated");
  await open.provider.stop();
  const [known, fresh] = [
    await open.allocator.allocate(requestOf(1)),
    await open.allocator.allocate(requestOf(2)),
  ];
  assert.ok(known.kind === "unknown" && codeOf(known.cause) === "PROVIDER_UNREACHABLE");
  assert.ok(
    fresh.kind === "none" && fresh.reason.startsWith("PROVIDER_UNREACHABLE: "),
    JSON.stringify(fresh),
  );
});

test("[AL7] a request carried out after the first release is found by the second", async () => {
  await using open = await opened({ ...impatientLimits, lateMs: 800 }, false);
  const { arrived, letGo } = open.provider.faults.holdNext();
  open.provider.faults.next("fails", "fails");
  const asked = open.allocator.allocate(requestOf(1));
  await arrived;
  assert.equal((await asked).kind, "unknown");
  const release = open.allocator.release(requestOf(1));
  await until(() => open.provider.seen.at(-1)?.method === "DELETE");
  letGo();
  assert.deepEqual(await release, { kind: "done" });
  assert.equal(open.provider.heldInAll, 0);
  assert.equal(open.provider.seen.filter(({ method }) => method === "DELETE").length, 2);
});

test("[AL5] a release waits for the request that the provider is at", async () => {
  await using open = await opened({ ...testLimits, lateMs: 0 }, false);
  const { arrived, letGo } = open.provider.faults.holdNext();
  const asked = open.allocator.allocate(requestOf(1));
  await arrived;
  const release = open.allocator.release(requestOf(1));
  // Meanwhile a release that did not wait would be over.
  assert.equal((await open.allocator.release(requestOf(2))).kind, "done");
  letGo();
  assert.deepEqual(await release, { kind: "done" });
  assert.equal((await asked).kind, "unknown");
  assert.equal(open.provider.heldInAll, 0);
});

test("[AL5] after a release nothing is tried again", async () => {
  await using open = await opened(testLimits, false);
  const { arrived, letGo } = open.provider.faults.holdNext();
  open.provider.faults.next("fails");
  const asked = open.allocator.allocate(requestOf(1));
  await arrived;
  const release = open.allocator.release(requestOf(1));
  letGo();
  assert.equal((await asked).kind, "unknown");
  assert.deepEqual(await release, { kind: "done" });
  assert.equal(open.provider.seen.filter(({ method }) => method === "POST").length, 1);
});

/** Whether a release has deleted its key and waits for what may come late; one that is done shows it meanwhile. */
async function waits(
  { provider, allocator }: Awaited<ReturnType<typeof opened>>,
  number: number,
): Promise<boolean> {
  let isDone = false;
  const before = provider.seen.length;
  void allocator.release(requestOf(number)).then(({ kind }) => {
    isDone = kind === "done";
  });
  await until(() => provider.seen.slice(before).some(({ method }) => method === "DELETE"));
  await allocator.allocate(requestOf(99));
  await allocator.release(requestOf(99));
  return !isDone;
}

const patient = { ...testLimits, lateMs: 60_000 };

test("[AL16] a key that was not seen before may have a request of another node on its way", async () => {
  await using open = await opened(patient);
  assert.ok(await waits(open, 1));
});

test("[AL16] a key that nobody else has asked for, and that is in no doubt, is released at once", async () => {
  await using open = await opened(patient);
  await open.allocator.allocate(requestOf(1));
  assert.deepEqual(await open.allocator.release(requestOf(1)), { kind: "done" });
  assert.deepEqual(
    open.provider.seen.map(({ method }) => method),
    ["POST", "DELETE"],
  );
});

test("[AL16] where somebody else may have asked, a key is looked up first, none is not certain, and a release looks again", async () => {
  await using open = await opened(patient);
  const full = { status: 503, contentType: "application/problem+json", body: { detail: "full" } };
  open.provider.answers.push({ status: 404 }, full);
  const outcome = await open.allocator.allocate({ ...requestOf(1), isUnsure: true });
  assert.ok(outcome.kind === "unknown" && codeOf(outcome.cause) === "MAY_BE_HELD");
  assert.deepEqual(
    open.provider.seen.map(({ method }) => method),
    ["GET", "POST"],
  );
  assert.ok(await waits(open, 1));
});

test("[AL16] a forgotten key counts as one that somebody else asked for", async () => {
  await using open = await opened({ ...patient, keysRemembered: 2 });
  for (const number of [1, 2, 3]) await open.allocator.allocate(requestOf(number));
  assert.deepEqual(await open.allocator.release(requestOf(3)), { kind: "done" });
  assert.ok(await waits(open, 1));
});

test("[AL9] the end cuts what is under way, and a release that waits", async () => {
  await using open = await opened(patient);
  const { arrived } = open.provider.faults.holdNext();
  const asked = open.allocator.allocate(requestOf(1));
  await arrived;
  const release = open.allocator.release(requestOf(2));
  await until(() => open.provider.seen.at(-1)?.method === "DELETE");
  await open.allocator.close();
  const outcome = await asked;
  assert.ok(outcome.kind === "unknown" && codeOf(outcome.cause) === "ALLOCATOR_CLOSED");
  assert.equal((await release).kind, "unknown");
});
