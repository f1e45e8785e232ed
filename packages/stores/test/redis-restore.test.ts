import assert from "node:assert/strict";
import { test } from "node:test";
import { logConformance } from "../src/conformance.ts";
import { batchOf } from "../src/log/conformance.ts";
import { codeIs, readWhole } from "./histories.ts";
import { withRedis } from "./redis-shard.ts";
import { appendAll, commitUpTo, newPlace, type Place } from "./relaxed-place.ts";

logConformance({
  name: "redis with a copy in postgres",
  open: async () => {
    const place = await newPlace();
    return { connect: async () => (await place.open()).log, end: async () => place[Symbol.asyncDispose]() };
  },
});

/** What Redis remembers of the writers. */
const writersOf = (place: Place) =>
  withRedis(String(place.shard.url), (client) => client.hgetall(place.shard.key("writers")));

test("[S94] an emptied log is restored as the copy has it when it is opened, and goes on from there", async () => {
  await using place = await newPlace();
  const { log, archive } = await place.open();
  await appendAll(log, { to: 100 });
  await log.append(batchOf(1, { node: "b" }));
  await commitUpTo(archive, 150);
  await commitUpTo(archive, 201);
  const [before, writers] = [await readWhole(log), await writersOf(place)];
  await place.empty();
  await assert.rejects(log.append(batchOf(101)), codeIs("LOG_DIVERGED"));
  const again = await place.open();
  assert.deepEqual(await readWhole(again.log), before);
  assert.deepEqual(await writersOf(place), writers);
  assert.deepEqual(await again.log.append(batchOf(1, { node: "b" })), { first: 201, at: before.at(-1)!.at });
  assert.equal((await again.log.append(batchOf(101))).first, 202);
});

test("[S94] whoever has seen no more than the copy holds goes on as if nothing had happened", async () => {
  await using place = await newPlace();
  const [one, other] = [await place.open(), await place.open()];
  await appendAll(one.log, { to: 10 });
  await readWhole(other.log);
  await commitUpTo(one.archive, 20);
  await place.empty();
  await place.open();
  await appendAll(other.log, { node: "b", to: 2 });
  await appendAll(one.log, { from: 11, to: 12 });
  assert.equal((await other.log.head()).position, 28);
});

test("[S94] a log that is ahead of its copy is left as it is", async () => {
  await using place = await newPlace();
  const { log, archive } = await place.open();
  await appendAll(log, { to: 10 });
  await commitUpTo(archive, 6);
  await appendAll(log, { from: 11, to: 12 });
  const again = await place.open();
  assert.equal((await again.log.head()).position, 24);
  await log.append(batchOf(13));
});

test("[S94] a log with other entries than its copy is replaced by the copy", async () => {
  await using place = await newPlace();
  const { log, archive } = await place.open();
  await appendAll(log, { to: 10 });
  await commitUpTo(archive, 20);
  const before = await readWhole(log);
  await place.empty();
  const stranger = (await place.shard.open()).log();
  await appendAll(stranger, { node: "stranger", to: 30 });
  assert.deepEqual(await readWhole((await place.open()).log), before);
  await assert.rejects(stranger.append(batchOf(31)), codeIs("LOG_DIVERGED"));
});

test("[S94] a restored log begins at the older of the copy's snapshots", async () => {
  await using place = await newPlace();
  const { log, copy } = await place.open();
  await appendAll(log, { to: 50 });
  for (const position of [20, 41, 70]) await log.writeSnapshot({ position, hash: "h", level: 1 }, ["chunk"]);
  await log.trim({ before: 1 });
  await place.empty();
  const again = (await place.open()).log;
  await assert.rejects(again.read({ from: 40, limit: 1 }), codeIs("TRIMMED"));
  // The batch of positions 41 and 42 is kept whole for the snapshot taken in its middle.
  const rest = await readWhole(again, 41);
  assert.deepEqual(
    rest,
    (await readWhole(copy)).filter(({ first }) => first >= 41),
  );
  assert.equal((await again.readSnapshot({}))?.meta.position, 70);
});

test("[S94] a log whose copy was trimmed to its end is restored empty, at its position and stamp", async () => {
  await using place = await newPlace();
  const { log } = await place.open();
  await appendAll(log, { to: 5 });
  const head = await log.head();
  await log.writeSnapshot({ position: 10, hash: "h", level: 1 }, ["chunk"]);
  await log.trim({ before: 11 });
  await (await place.open()).log.head();
  await place.empty();
  const again = (await place.open()).log;
  assert.deepEqual(await again.head(), head);
  assert.equal((await again.append(batchOf(1, { node: "b" }))).first, 11);
  assert.equal((await (await place.open()).log.head()).position, 11);
});

test("[S94] a copy that lacks what the log has trimmed is not restored from", async () => {
  await using place = await newPlace();
  const { log } = await place.open();
  await appendAll(log, { to: 5 });
  await log.writeSnapshot({ position: 10, hash: "h", level: 1 }, ["chunk"]);
  await log.trim({ before: 7 });
  await place.schema.run("TRUNCATE log_batch");
  await place.schema.run("UPDATE log_floor SET position = 0, at = 0");
  await assert.rejects(place.open(), (error: Error & { code?: string }) => {
    assert.match(error.message, /begins after position 6, its copy ends at 0.*Restore the newest backup/);
    return error.code === "CORRUPT";
  });
});
