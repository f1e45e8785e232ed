import assert from "node:assert/strict";
import { test } from "node:test";
import { contentHash, contentHashText, emptyContentHash } from "@matchforge/core";
import type { StoreErrorCode } from "../errors.ts";
import type { Log, LogBatch } from "./port.ts";

/** How a suite gets at an adapter. */
export interface LogHarness {
  /** The adapter's name, as its folder is called. */
  readonly name: string;
  /** A fresh, empty log: `connect` gives handles on it, `end` removes it. */
  open(): Promise<{ connect(): Promise<Log> | Log; end(): Promise<void> }>;
}

/** A batch of one node, its commands telling whose it is. */
export function batchOf(
  sequence: number,
  options: { node?: string; boot?: string; count?: number } = {},
): LogBatch {
  const { node = "a", boot = "1", count = 1 } = options;
  const commands = JSON.stringify(
    Array.from({ length: count }, (_, index) => ({ node, boot, sequence, index })),
  );
  return { node, boot, sequence, count, commands };
}

/** Runs the promises of the `Log` port against an adapter. */
export function logConformance(harness: LogHarness): void {
  const check = (title: string, body: (log: Log, connect: () => Promise<Log>) => Promise<void>) =>
    test(`${title} (${harness.name})`, async () => {
      const store = await harness.open();
      const connect = async () => store.connect();
      try {
        await body(await connect(), connect);
      } finally {
        await store.end();
      }
    });
  appendRules(check);
  sequenceRules(check);
  watchRules(check);
  readRules(check);
  snapshotRules(check);
}

type Check = (title: string, body: (log: Log, connect: () => Promise<Log>) => Promise<void>) => void;

async function rejectsWith(code: StoreErrorCode, work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error: { code?: string }) => error.code === code);
}

function appendRules(check: Check): void {
  check("[S1] positions are handed out in one order without gaps, over all nodes", async (log, connect) => {
    const other = await connect();
    const receipts = await Promise.all([
      log.append(batchOf(1, { node: "a", count: 3 })),
      other.append(batchOf(1, { node: "b", count: 2 })),
      log.append(batchOf(1, { node: "c" })),
    ]);
    const places = receipts.map(({ first }, index) => ({ first, count: [3, 2, 1][index] ?? 0 }));
    places.sort((left, right) => left.first - right.first);
    let next = 1;
    for (const { first, count } of places) {
      assert.equal(first, next);
      next += count;
    }
    assert.deepEqual((await log.head()).position, 6);
  });

  check("[S2] a stamp is never below the one before", async (log) => {
    let last = 0;
    for (let sequence = 1; sequence <= 20; sequence += 1) {
      const { at } = await log.append(batchOf(sequence));
      assert.ok(at >= last && Number.isSafeInteger(at));
      last = at;
    }
    assert.equal((await log.head()).at, last);
  });
}

function sequenceRules(check: Check): void {
  check(
    "[S3] a batch that is there already answers its first receipt and is stored once",
    async (log, connect) => {
      const receipt = await log.append(batchOf(1, { count: 2 }));
      await log.append(batchOf(1, { node: "b" }));
      assert.deepEqual(await (await connect()).append(batchOf(1, { count: 2 })), receipt);
      assert.equal((await log.head()).position, 3);
    },
  );

  check("[S3] the same batch sent twice at once is stored once", async (log) => {
    const [first, second] = await Promise.all([log.append(batchOf(1)), log.append(batchOf(1))]);
    assert.deepEqual(first, second);
    assert.equal((await log.head()).position, 1);
  });

  check(
    "[S4] a skipped sequence and another text under a used one are refused, and nothing is stored",
    async (log) => {
      await log.append(batchOf(1));
      await rejectsWith("SEQUENCE_GAP", log.append(batchOf(3)));
      await rejectsWith("SEQUENCE_CONFLICT", log.append({ ...batchOf(1), commands: "[{}]" }));
      assert.equal((await log.head()).position, 1);
      await log.append(batchOf(2));
    },
  );

  check("[S4] every boot of a node counts from one", async (log) => {
    await log.append(batchOf(1, { boot: "1" }));
    await log.append(batchOf(1, { boot: "2" }));
    await rejectsWith("SEQUENCE_GAP", log.append(batchOf(2, { boot: "3" })));
  });
}

function watchRules(check: Check): void {
  check(
    "[S5] whoever watches is woken after an append of anybody, until the watch ends",
    async (log, connect) => {
      const other = await connect();
      let woken = Promise.withResolvers<void>();
      const end = log.watch(() => woken.resolve());
      await other.append(batchOf(1));
      await woken.promise;
      end();
      woken = Promise.withResolvers();
      let again = false;
      void woken.promise.then(() => {
        again = true;
      });
      await other.append(batchOf(2));
      await other.head();
      assert.equal(again, false);
    },
  );

  check("[S6] a closed handle answers STORE_CLOSED, the others go on", async (log, connect) => {
    const other = await connect();
    await log.close();
    await rejectsWith("STORE_CLOSED", log.append(batchOf(1)));
    await rejectsWith("STORE_CLOSED", log.head());
    await other.append(batchOf(1));
  });
}

function readRules(check: Check): void {
  check("[S7] what was appended is read as it was, from any position on", async (log) => {
    for (let sequence = 1; sequence <= 5; sequence += 1) await log.append(batchOf(sequence, { count: 2 }));
    const batches = await log.read({ from: 1, limit: 100 });
    assert.deepEqual(
      batches.map(({ sequence, first, count }) => ({ sequence, first, count })),
      [1, 2, 3, 4, 5].map((sequence) => ({ sequence, first: sequence * 2 - 1, count: 2 })),
    );
    assert.equal(batches[2]?.commands, batchOf(3, { count: 2 }).commands);
    assert.deepEqual(
      (await log.read({ from: 4, limit: 1 })).map(({ first }) => first),
      [3],
    );
    assert.deepEqual(await log.read({ from: 11, limit: 10 }), []);
  });

  check("[S7] an answer is bounded, and only an empty one is the end", async (log) => {
    for (let sequence = 1; sequence <= 7; sequence += 1) await log.append(batchOf(sequence));
    const seen: number[] = [];
    for (let from = 1; ; from = (seen.at(-1) ?? 0) + 1) {
      const batches = await log.read({ from, limit: 3 });
      assert.ok(batches.length <= 3);
      if (batches.length === 0) break;
      seen.push(...batches.map(({ first }) => first));
    }
    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7]);
  });

  check("[S7] an empty log has head 0", async (log) => {
    assert.deepEqual(await log.head(), { position: 0, at: 0 });
    assert.deepEqual(await log.read({ from: 1, limit: 1 }), []);
    assert.equal(await log.readSnapshot({}), undefined);
  });
}

async function chunksOf(
  log: Log,
  atMost?: number,
): Promise<{ position: number; chunks: string[] } | undefined> {
  const found = await log.readSnapshot(atMost === undefined ? {} : { atMost });
  if (found === undefined) return undefined;
  const chunks: string[] = [];
  for await (const chunk of found.chunks) chunks.push(chunk);
  return { position: found.meta.position, chunks };
}

async function snapshotAt(
  log: Log,
  position: number,
  chunks: readonly string[] = [`a${position}`, `b${position}`],
): Promise<void> {
  await log.writeSnapshot({ position, hash: hashOf(chunks), level: 1 }, chunks);
}

function hashOf(chunks: readonly string[]): string {
  return contentHashText(chunks.reduce(contentHash, emptyContentHash));
}

function snapshotRules(check: Check): void {
  check("[S8] the newest snapshot not beyond a position is given back, chunk by chunk", async (log) => {
    for (let sequence = 1; sequence <= 9; sequence += 1) await log.append(batchOf(sequence));
    await snapshotAt(log, 3);
    await snapshotAt(log, 7);
    assert.deepEqual(await chunksOf(log), { position: 7, chunks: ["a7", "b7"] });
    assert.deepEqual(await chunksOf(log, 6), { position: 3, chunks: ["a3", "b3"] });
    assert.equal(await chunksOf(log, 2), undefined);
    await snapshotAt(log, 7, ["c7"]);
    assert.deepEqual(await chunksOf(log), { position: 7, chunks: ["c7"] });
  });

  check(
    "[S12] chunks that have another hash than their snapshot's are damaged, and that is told",
    async (log) => {
      await log.append(batchOf(1));
      for (const written of [["b", "a"], ["ab"], ["a"], ["a", "b", ""], []]) {
        await log.writeSnapshot({ position: 1, hash: hashOf(["a", "b"]), level: 1 }, written);
        await rejectsWith("CORRUPT", chunksOf(log));
      }
      await snapshotAt(log, 1, ["a", "b"]);
      assert.deepEqual((await chunksOf(log))?.chunks, ["a", "b"]);
    },
  );

  check(
    "[S9] a trim drops whole batches before its position, and no entry without a snapshot",
    async (log) => {
      for (let sequence = 1; sequence <= 6; sequence += 1) await log.append(batchOf(sequence, { count: 2 }));
      await rejectsWith("TRIM_REFUSED", log.trim({ before: 2 }));
      await snapshotAt(log, 8);
      await rejectsWith("TRIM_REFUSED", log.trim({ before: 10 }));
      await log.trim({ before: 8 });
      await rejectsWith("TRIMMED", log.read({ from: 6, limit: 1 }));
      assert.deepEqual(
        (await log.read({ from: 7, limit: 1 })).map(({ first }) => first),
        [7],
      );
      assert.equal((await log.head()).position, 12);
    },
  );

  check("[S10] a trim to the end keeps the order, the head and the last batch of each node", async (log) => {
    const receipt = await log.append(batchOf(1));
    const other = await log.append(batchOf(1, { node: "b" }));
    const last = await log.append(batchOf(2, { node: "b" }));
    await snapshotAt(log, 3);
    await log.trim({ before: 4 });
    assert.deepEqual(await log.head(), { position: 3, at: last.at });
    assert.deepEqual(await log.append(batchOf(1)), receipt);
    await rejectsWith("TRIMMED", log.append(batchOf(1, { node: "b" })));
    assert.ok(other.at <= last.at);
    await rejectsWith("SEQUENCE_CONFLICT", log.append({ ...batchOf(2, { node: "b" }), commands: "[1]" }));
    assert.equal((await log.append(batchOf(3, { node: "b" }))).first, 4);
  });

  check("[S11] a trim leaves the newest two snapshots", async (log) => {
    for (let sequence = 1; sequence <= 4; sequence += 1) {
      await log.append(batchOf(sequence));
      await snapshotAt(log, sequence);
    }
    await log.trim({ before: 1 });
    assert.equal(await chunksOf(log, 2), undefined);
    assert.deepEqual((await chunksOf(log, 3))?.position, 3);
  });
}
