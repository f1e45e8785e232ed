import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { contentHash, contentHashText, emptyContentHash } from "@matchforge/core";
import fc from "fast-check";
import { MemoryLogStore, openSqliteFile, type StoreError } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";

function inFolder(body: (path: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "matchforge-sqlite-"));
    try {
      await body(join(folder, "shard.db"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

const codeIs = (code: string) => (error: { code?: string }) => error.code === code;

test(
  "[S50] a second opener is told that the file is in use, and what to do",
  inFolder(async (path) => {
    const file = await openSqliteFile({ path });
    await assert.rejects(openSqliteFile({ path }), (error: Error & { code?: string }) => {
      assert.match(error.message, /in use by another process.*Stop the program/);
      return error.code === "FILE_IN_USE";
    });
    await file.log().append(batchOf(1));
    await file.close();
    await (await openSqliteFile({ path })).close();
  }),
);

test(
  "[S51] what was acknowledged is there after a clean end, and a snapshot half written is not",
  inFolder(async (path) => {
    const first = await openSqliteFile({ path });
    const log = first.log();
    for (let sequence = 1; sequence <= 10; sequence += 1) await log.append(batchOf(sequence));
    await log.writeSnapshot({ position: 10, hash: "h", level: 1 }, ["a", "b"]);
    await first.archive().commit({ cursor: 10, events: [], rows: [] });
    await first.close();
    await assert.rejects(log.head(), codeIs("STORE_CLOSED"));
    const second = await openSqliteFile({ path });
    assert.equal((await second.log().head()).position, 10);
    assert.equal((await second.log().readSnapshot({}))?.meta.position, 10);
    assert.equal(await second.archive().cursor(), 10);
    await second.close();
  }),
);

test(
  "[S52] after a kill -9 in the middle of appends every acknowledged batch is there, and no half one",
  inFolder(async (path) => {
    const writer = fileURLToPath(new URL("./append-for-ever.ts", import.meta.url));
    const child = spawn(process.execPath, [writer, path], { stdio: ["ignore", "pipe", "inherit"] });
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged >= 300) child.kill("SIGKILL");
    }
    assert.ok(acknowledged >= 300);
    const file = await openSqliteFile({ path });
    const { position } = await file.log().head();
    assert.ok(position >= acknowledged * 3, `${position} of at least ${acknowledged * 3}`);
    assert.equal(position % 3, 0);
    let next = 1;
    while (next <= position) {
      const batches = await file.log().read({ from: next, limit: 1_000 });
      for (const batch of batches) {
        assert.equal(batch.first, next);
        assert.equal(JSON.parse(batch.commands).length, 3);
        next += batch.count;
      }
    }
    await file.close();
  }),
);

test(
  "[S53] a file of another program is left alone, a damaged one is named",
  inFolder(async (path) => {
    const foreign = new DatabaseSync(path);
    foreign.exec("CREATE TABLE theirs (id INTEGER)");
    foreign.close();
    await assert.rejects(openSqliteFile({ path }), codeIs("FILE_UNSUPPORTED"));
    const damaged = `${path}.damaged`;
    writeFileSync(damaged, "this is no database, whatever it is called".repeat(100));
    await assert.rejects(openSqliteFile({ path: damaged }), codeIs("CORRUPT"));
    await assert.rejects(
      openSqliteFile({ path: join(path, "in", "a", "file") }),
      codeIs("STORE_UNAVAILABLE"),
    );
  }),
);

test(
  "[S53] a file of a newer build is not touched",
  inFolder(async (path) => {
    await (await openSqliteFile({ path })).close();
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 99");
    database.close();
    await assert.rejects(openSqliteFile({ path }), /Start the newer build/);
  }),
);

async function readWhole(chunks: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

const damages = [
  ["text changed", "UPDATE log_snapshot_chunk SET text = 'B' WHERE ordinal = 1"],
  ["a chunk lost", "DELETE FROM log_snapshot_chunk WHERE ordinal = 1"],
  ["chunks in another order", "UPDATE log_snapshot_chunk SET ordinal = -ordinal"],
  ["a count too low", "UPDATE log_snapshot SET chunks = 1"],
  ["another hash", "UPDATE log_snapshot SET hash = 'h'"],
] as const;
for (const [damage, sql] of damages) {
  test(
    `[S56] a snapshot with ${damage} is told with the file's name and what to do`,
    inFolder(async (path) => {
      const written = await openSqliteFile({ path });
      await written.log().append(batchOf(1));
      const chunks = ["a", "b"];
      const hash = contentHashText(chunks.reduce(contentHash, emptyContentHash));
      await written.log().writeSnapshot({ position: 1, hash, level: 1 }, chunks);
      await written.close();
      const database = new DatabaseSync(path);
      database.exec(sql);
      database.close();
      const file = await openSqliteFile({ path });
      const snapshot = await file.log().readSnapshot({});
      assert.ok(snapshot !== undefined);
      await assert.rejects(readWhole(snapshot.chunks), ({ code, message }: StoreError) => {
        assert.ok(message.startsWith(`${path} is damaged: its snapshot at position 1`), message);
        assert.match(message, /Keep a copy of it.*restore a backup/);
        return code === "CORRUPT";
      });
      await file.close();
    }),
  );
}

test(
  "[S54] another thread works on the same log and archive through a line of its own",
  inFolder(async (path) => {
    const file = await openSqliteFile({ path });
    const line = file.connectPort();
    const worker = new Worker(new URL("./append-from-thread.ts", import.meta.url), {
      workerData: line,
      transferList: [line],
    });
    const appended = await new Promise<number>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    assert.equal((await file.log().head()).position, appended);
    assert.equal(await file.archive().cursor(), appended);
    await worker.terminate();
    await file.close();
  }),
);

test(
  "[S55] a log in a file behaves as one in memory, whatever is asked of it",
  inFolder(async (path) => {
    const node = fc.constantFrom("a", "b", "c");
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant("append" as const),
          node,
          ahead: fc.constantFrom(1, 1, 1, 0, -1, 2),
          count: fc.integer({ min: 1, max: 3 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant("read" as const),
          from: fc.integer({ min: 1, max: 30 }),
          limit: fc.integer({ min: 1, max: 5 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("snapshot" as const), back: fc.nat(3) }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant("trim" as const), before: fc.integer({ min: 1, max: 30 }) }),
      },
    );
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        runs += 1;
        const file = await openSqliteFile({ path: `${path}.${runs}` });
        const memory = new MemoryLogStore({ now: () => 0 }).connect();
        const logs = [memory, file.log()] as const;
        const sequences = new Map<string, number>();
        for (const one of steps) {
          const [expected, actual] = await Promise.all(
            logs.map((log) => answerOf(perform(log, one, sequences))),
          );
          assert.deepEqual(actual, expected, JSON.stringify(one));
          if (one.do === "append" && expected !== undefined && "first" in (expected as object)) {
            sequences.set(
              one.node,
              Math.max(sequences.get(one.node) ?? 0, (sequences.get(one.node) ?? 0) + Math.max(0, one.ahead)),
            );
          }
        }
        await file.close();
      }),
      { numRuns: 25 },
    );
  }),
);

type Step =
  | { readonly do: "append"; readonly node: string; readonly ahead: number; readonly count: number }
  | { readonly do: "read"; readonly from: number; readonly limit: number }
  | { readonly do: "snapshot"; readonly back: number }
  | { readonly do: "trim"; readonly before: number };

async function perform(
  log: ReturnType<MemoryLogStore["connect"]>,
  step: Step,
  sequences: ReadonlyMap<string, number>,
): Promise<unknown> {
  if (step.do === "append") {
    const sequence = Math.max(1, (sequences.get(step.node) ?? 0) + step.ahead);
    return log.append(batchOf(sequence, { node: step.node, count: step.count }));
  }
  if (step.do === "read") return log.read({ from: step.from, limit: step.limit });
  if (step.do === "trim") return log.trim({ before: step.before });
  const position = Math.max(1, (await log.head()).position - step.back);
  return log.writeSnapshot({ position, hash: "h", level: 1 }, [`${position}`]);
}

/** What came of a call, without the stamps, which differ between clocks. */
async function answerOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return withoutStamps(await work);
  } catch (error) {
    return { code: (error as { code?: string }).code };
  }
}

function withoutStamps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutStamps);
  if (typeof value !== "object" || value === null) return value;
  const { at: _, ...rest } = value as Record<string, unknown>;
  return rest;
}
