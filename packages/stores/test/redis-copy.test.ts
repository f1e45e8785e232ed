import assert from "node:assert/strict";
import { test } from "node:test";
import { type StoredBatch, storeLimits } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";
import { appendUntilKnown, codeIs, readWhole } from "./histories.ts";
import { appendAll, commitUpTo, newPlace } from "./relaxed-place.ts";

test("[S95] five nodes restore one log at once, and one of them begins appending while others still look", async () => {
  await using place = await newPlace();
  const { log, archive } = await place.open();
  await appendAll(log, { to: 300 });
  await commitUpTo(archive, 600);
  const before = await readWhole(log);
  await place.empty();
  const nodes = await Promise.all(
    Array.from({ length: 5 }, async (_, index) => {
      const node = await place.open();
      await appendUntilKnown(node.log, batchOf(1, { node: `new ${index}` }));
      return node;
    }),
  );
  for (const node of nodes) {
    const whole = await readWhole(node.log);
    assert.deepEqual(whole.slice(0, 300), before);
    assert.deepEqual(
      whole
        .slice(300)
        .map(({ node: name }) => name)
        .sort(),
      [0, 1, 2, 3, 4].map((index) => `new ${index}`),
    );
  }
});

test("[S95] a restoration that was left half done keeps appends out and is finished by the next who opens", async () => {
  await using place = await newPlace();
  const { log, archive, redis, copy } = await place.open();
  await appendAll(log, { to: 20 });
  await commitUpTo(archive, 40);
  const before = await readWhole(log);
  await place.empty();
  const restorer = redis.log().restorer();
  await restorer.reset((await restorer.look([])).state, { last: 0, at: 0, digest: "" });
  await restorer.fill(before.slice(0, 7));
  const early = (await place.shard.open()).log();
  await assert.rejects(early.append(batchOf(1, { node: "b" })), codeIs("STORE_UNAVAILABLE"));
  await assert.rejects(early.read({ from: 1, limit: 1 }), codeIs("STORE_UNAVAILABLE"));
  // Whoever saw the log before does not wait: perhaps nobody is there who goes on with it.
  await assert.rejects(log.head(), codeIs("LOG_DIVERGED"));
  const again = (await place.open()).log;
  assert.deepEqual(await readWhole(again), before);
  assert.deepEqual(await readWhole(copy), before);
  // Steps of whoever was slower come too late for all of it.
  await restorer.fill(before);
  await restorer.reset(
    { ...(await restorer.look([])).state, text: "- - - - - - -" },
    { last: 0, at: 0, digest: "" },
  );
  assert.deepEqual(await readWhole(again), before);
  assert.equal((await early.append(batchOf(1, { node: "b" }))).first, 41);
  await assert.rejects(log.append(batchOf(21)), codeIs("LOG_DIVERGED"));
});

test("[S96] what the archive is given stands in the copy first", async () => {
  await using place = await newPlace();
  const { log, archive, copy } = await place.open();
  await appendAll(log, { to: storeLimits.redisReadBatches + 50 });
  await commitUpTo(archive, 5);
  assert.ok((await copy.head()).position >= 6);
  assert.equal(await archive.cursor(), 5);
  const end = (await log.head()).position;
  await Promise.all([commitUpTo(archive, end), commitUpTo((await place.open()).archive, end - 3)]);
  assert.deepEqual(await readWhole(copy), await readWhole(log));
});

test("[S96] of a log that was lost nothing is archived, copied or made a snapshot, however late", async () => {
  await using place = await newPlace();
  const late = await place.open();
  await appendAll(late.log, { to: 5 });
  await commitUpTo(late.archive, 10);
  await appendAll(late.log, { from: 6, to: 10 });
  await place.empty();
  const next = await place.open();
  await appendAll(next.log, { node: "b", to: 20 });
  await commitUpTo(next.archive, 12);
  await assert.rejects(commitUpTo(late.archive, 20), codeIs("LOG_DIVERGED"));
  await assert.rejects(
    late.log.writeSnapshot({ position: 18, hash: "h", level: 1 }, ["old"]),
    codeIs("LOG_DIVERGED"),
  );
  assert.equal(await next.archive.cursor(), 12);
  assert.equal(await next.log.readSnapshot({}), undefined);
  await commitUpTo(next.archive, 50);
  assert.deepEqual(await readWhole(next.copy), await readWhole(next.log));
});

test("[S96] entries that another thread handed over count as seen", async () => {
  await using place = await newPlace();
  const [writer, thread] = [await place.open(), await place.open()];
  await appendAll(writer.log, { to: 2 });
  await commitUpTo(writer.archive, 4);
  await appendAll(writer.log, { from: 3, to: 5 });
  const lost = (await readWhole(writer.log)).at(-1) as StoredBatch;
  // A thread hands over what its node appended before it knows more of it than it sent.
  thread.log.see({ ...lost, sequence: 0 });
  await commitUpTo(thread.archive, 4);
  await place.empty();
  const next = await place.open();
  await appendAll(next.log, { node: "b", to: 5 });
  await assert.rejects(commitUpTo(thread.archive, 10), codeIs("LOG_DIVERGED"));
});

test("[S96] a log that forked from its copy is not copied any further", async () => {
  await using place = await newPlace();
  const { log, archive } = await place.open();
  await appendAll(log, { to: 5 });
  const other = await place.open();
  // Somebody who had read it before the loss stores it only now.
  const tail = (await readWhole(log)).slice(3);
  await commitUpTo(archive, 6);
  await place.schema.run("DELETE FROM log_batch WHERE first_position > 6");
  await place.empty();
  const next = await place.open();
  await appendAll(next.log, { node: "b", to: 5 });
  await (await place.schema.open()).mirror().store(tail);
  await assert.rejects(commitUpTo(next.archive, 16), codeIs("LOG_DIVERGED"));
  await assert.rejects(next.log.append(batchOf(6, { node: "b" })), codeIs("LOG_DIVERGED"));
  assert.equal((await (await place.open()).log.head()).position, 10);
  await other.log.close();
});

test("[S96] an entry beyond the end of the log is not archived", async () => {
  await using place = await newPlace();
  const { archive } = await place.open();
  await assert.rejects(commitUpTo(archive, 1), codeIs("LOG_DIVERGED"));
  assert.equal(await archive.cursor(), 0);
});

test("[S97] a trim copies first what it drops", async () => {
  await using place = await newPlace();
  const { log, copy } = await place.open();
  await appendAll(log, { to: 10 });
  await log.writeSnapshot({ position: 8, hash: "h", level: 1 }, ["chunk"]);
  await assert.rejects(log.trim({ before: 20 }), codeIs("TRIM_REFUSED"));
  await log.trim({ before: 9 });
  assert.ok((await copy.head()).position >= 8);
  await assert.rejects(log.read({ from: 8, limit: 1 }), codeIs("TRIMMED"));
});
