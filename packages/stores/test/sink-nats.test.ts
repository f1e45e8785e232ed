import assert from "node:assert/strict";
import { test } from "node:test";
import { FaultProxy, startNats, waitUntil } from "@matchforge/testbed";
import {
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { NatsSink } from "../src/nats.ts";
import { recordsFrom } from "../src/sink/conformance.ts";
import { codeIs } from "./histories.ts";
import { natsForTest, natsRecords, shardForTest } from "./sinks.ts";

/** Does something with JetStream past the adapter. */
async function withManager<Answer>(
  url: string,
  work: (manager: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<Answer>,
): Promise<Answer> {
  const connection = await connect({ servers: url });
  try {
    return await work(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

test("[SK8] without NATS a stream is unavailable, and goes on when it is back", async () => {
  await using server = await startNats();
  const stream = await natsForTest(server);
  const sink = await stream.connect();
  await sink.cursor();
  await sink.write(recordsFrom(1, 3));
  await server.kill();
  await assert.rejects(sink.write(recordsFrom(4, 5)), codeIs("STORE_UNAVAILABLE"));
  const late = await stream.connect();
  await assert.rejects(late.cursor(), codeIs("STORE_UNAVAILABLE"));
  await server.start();
  for (const one of [sink, late]) {
    const answers = () =>
      one.cursor().then(
        () => true,
        () => false,
      );
    await waitUntil(answers, { what: "the stream", withinMs: 20_000 });
  }
  const { position } = (await sink.cursor()) ?? { position: 0 };
  await sink.write(recordsFrom(position + 1, 5));
  assert.deepEqual(await stream.read(), recordsFrom(1, 5));
  await stream.end();
});

test("[SK8] a NATS that does not answer is unavailable within a bounded time", async () => {
  await using server = await startNats();
  await using proxy = await FaultProxy.start({ to: server });
  const sink = new NatsSink({
    url: proxy.urlOf(server.url),
    shard: shardForTest(),
    recordsMax: 1_000,
    replicas: 1,
  });
  await sink.cursor();
  proxy.blackHole();
  await assert.rejects(sink.write(recordsFrom(1, 3)), codeIs("STORE_UNAVAILABLE"));
  const asked = sink.cursor();
  await sink.close();
  await assert.rejects(asked, codeIs("STORE_CLOSED"));
});

test("[SK9] a NATS that lost its last records, or all of them, gets them again", async () => {
  const stream = await natsForTest();
  const sink = await stream.connect();
  await sink.cursor();
  await sink.write(recordsFrom(1, 9));
  const name = `matchforge_${stream.shard}`;
  await withManager(stream.url, (manager) => manager.streams.delete(name));
  await assert.rejects(sink.write(recordsFrom(10, 12)));
  assert.equal(await sink.cursor(), undefined);
  await sink.write(recordsFrom(1, 12));
  assert.deepEqual(await stream.read(), recordsFrom(1, 12));
  await withManager(stream.url, (manager) => manager.streams.purge(name));
  assert.equal(await sink.cursor(), undefined);
  await sink.write(recordsFrom(1, 13));
  assert.deepEqual(await stream.read(), recordsFrom(1, 13));
  await stream.end();
});

test("[SK10] a stream of NATS that cannot hold the records is refused with what to do", async () => {
  const stream = await natsForTest();
  const name = `matchforge_${stream.shard}`;
  const subjects = [`matchforge.${stream.shard}.>`];
  const unsafe: Partial<StreamConfig>[] = [
    { storage: StorageType.Memory, subjects },
    { retention: RetentionPolicy.Interest, subjects },
    { subjects: ["something.else"] },
  ];
  for (const config of unsafe) {
    await withManager(stream.url, (manager) => manager.streams.add({ ...config, name }));
    const sink = await stream.connect();
    await assert.rejects(sink.cursor(), { code: "UNSAFE_SETTINGS", message: /Remove the stream/ });
    await withManager(stream.url, (manager) => manager.streams.delete(name));
  }
  await stream.end();
});

test("[SK10] a stream in which somebody else has written is refused and stays as it is", async () => {
  const stream = await natsForTest();
  const sink = await stream.connect();
  await sink.cursor();
  const connection = await connect({ servers: stream.url });
  await jetstream(connection).publish(`matchforge.${stream.shard}.GameStarted`, "not a record");
  await connection.close();
  await assert.rejects(sink.cursor(), { code: "CORRUPT", message: /no record/ });
  await assert.rejects(sink.write(recordsFrom(1, 2)), codeIs("SINK_MOVED"));
  await stream.end();
});

test("[SK10] a stream that is made is kept in files and bounded, and one that is there stays as it is", async () => {
  const stream = await natsForTest();
  const name = `matchforge_${stream.shard}`;
  const open = (recordsMax: number) =>
    new NatsSink({ url: stream.url, shard: stream.shard, recordsMax, replicas: 1 });
  const sink = open(4);
  await sink.cursor();
  await sink.write(recordsFrom(1, 10));
  const { config } = await withManager(stream.url, (manager) => manager.streams.info(name));
  assert.deepEqual([config.storage, config.max_msgs], [StorageType.File, 4]);
  assert.deepEqual(await natsRecords(stream), recordsFrom(7, 10));
  const other = open(1_000);
  assert.deepEqual(await other.cursor(), { position: 10, index: 1 });
  const after = await withManager(stream.url, (manager) => manager.streams.info(name));
  assert.equal(after.config.max_msgs, 4);
  await Promise.all([sink.close(), other.close(), stream.end()]);
});

test("[SK8] a NATS that wants a password is told it, and its messages never show it", async () => {
  await using server = await startNats({
    settings: { authorization: "{ user: forge, password: s3cret }" },
  });
  const shard = shardForTest();
  const open = (user: string) => {
    const url = server.url.replace("//", `//${user}@`);
    return new NatsSink({ url, shard, recordsMax: 10, replicas: 1 });
  };
  const known = open("forge:s3cret");
  assert.equal(await known.cursor(), undefined);
  const wrong = open("forge:wr0ng");
  await assert.rejects(wrong.cursor(), (error: Error & { code?: string }) => {
    assert.ok(!error.message.includes("wr0ng"), error.message);
    return error.code === "STORE_UNAVAILABLE";
  });
  await Promise.all([known.close(), wrong.close()]);
});
