import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntil } from "@matchforge/testbed";
import type { StoredBatch } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { appendUntilKnown, assertOneOrder, codeIs, readWhole } from "./histories.ts";
import { withRedis } from "./redis-shard.ts";
import { commitUpTo, newPlace, type Place } from "./relaxed-place.ts";

/** What a node was told that lasts: the entries that it had applied when it archived them. */
interface Promised {
  readonly cursor: number;
  readonly applied: readonly StoredBatch[];
}

interface Run {
  readonly place: Place;
  readonly promised: Promised[];
  boots: number;
  ended: boolean;
}

/** A node appends, applies what it reads, archives what it applied, and begins anew when the log was lost. */
async function runNode(run: Run, node: string): Promise<void> {
  while (!run.ended) {
    run.boots += 1;
    try {
      await runBoot(run, { node, boot: `${run.boots}` });
    } catch (error) {
      if (!["LOG_DIVERGED", "STORE_UNAVAILABLE"].some((code) => codeIs(code)(error))) throw error;
    }
  }
}

async function runBoot(run: Run, writer: { node: string; boot: string }): Promise<void> {
  const { log, archive } = await run.place.open();
  const applied = await readWhole(log);
  for (let sequence = 1; !run.ended; sequence += 1) {
    await appendUntilKnown(log, batchOf(sequence, { ...writer, count: 2 }));
    applied.push(...(await readWhole(log, applied.length === 0 ? 1 : endOf(applied) + 1)));
    if (sequence % 3 > 0) continue;
    const upTo = { cursor: endOf(applied), applied: [...applied] };
    await commitUpTo(archive, upTo.cursor);
    run.promised.push(upTo);
  }
}

function endOf(batches: readonly StoredBatch[]): number {
  const { first, count } = batches.at(-1)!;
  return first + count - 1;
}

/** Puts Redis back to what it held earlier, as a replica does that lagged; without an earlier state it is emptied. */
async function lose(place: Place, earlier: readonly (Buffer | null)[]): Promise<void> {
  const keys = ["head", "batches", "writers"].map(place.shard.key);
  await withRedis(String(place.shard.url), (client) => {
    const commands = client.multi().unlink(...keys);
    for (const [index, dump] of earlier.entries()) if (dump !== null) commands.restore(keys[index]!, 0, dump);
    return commands.exec();
  });
}

function dumpOf(place: Place): Promise<(Buffer | null)[]> {
  const keys = ["head", "batches", "writers"].map(place.shard.key);
  return withRedis(String(place.shard.url), async (client) => {
    const commands = client.multi();
    for (const key of keys) commands.dumpBuffer(key);
    const answers = (await commands.exec()) ?? [];
    return answers.map(([, dump]) => dump as Buffer | null);
  });
}

test("[S96] however often Redis forgets, what was archived stands in the copy as each node applied it", async () => {
  await using place = await newPlace();
  const run: Run = { place, promised: [], boots: 0, ended: false };
  const nodes = Promise.all(["a", "b", "c"].map((node) => runNode(run, node)));
  const archived = async (more: number) => {
    const enough = run.promised.length + more;
    await waitUntil(() => run.promised.length >= enough, {
      what: `${more} stretches archived`,
      withinMs: 60_000,
    });
  };
  try {
    for (let loss = 1; loss <= 8; loss += 1) {
      await archived(6);
      const earlier = await dumpOf(place);
      await archived(loss % 3);
      await lose(place, loss % 2 === 0 ? earlier : []);
    }
    await archived(6);
  } finally {
    run.ended = true;
    await nodes;
  }
  const { log, copy, archive } = await place.open();
  await log.copyUpTo((await log.head()).position);
  const whole = await readWhole(copy);
  assertOneOrder(whole);
  assert.deepEqual(await readWhole(log), whole);
  assert.ok((await archive.cursor()) <= endOf(whole));
  const linesOf = (batches: readonly StoredBatch[]) =>
    batches.map(({ first, at, node, boot, sequence }) => `${first} ${at} ${node} ${boot} ${sequence}`);
  const lines = linesOf(whole);
  for (const { cursor, applied } of run.promised) {
    const [own, copied] = [linesOf(applied), lines.slice(0, applied.length)];
    const different = own.findIndex((line, index) => line !== copied[index]);
    assert.equal(different, -1, `archived up to ${cursor}: ${own[different]}, copied: ${copied[different]}`);
  }
});
