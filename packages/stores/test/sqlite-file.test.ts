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
import { openSqliteFile, type StoreError } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { behavesAsMemory } from "./behaves-as-memory.ts";

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
    let runs = 0;
    await behavesAsMemory(async () => {
      runs += 1;
      const file = await openSqliteFile({ path: `${path}.${runs}` });
      return { log: file.log(), end: () => file.close() };
    });
  }),
);
