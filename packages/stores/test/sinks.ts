import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PrivateServer, redisForTests, startNats } from "@matchforge/testbed";
import { DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { JsonLinesSink, type Sink, type StreamRecord } from "../src/index.ts";
import { NatsSink } from "../src/nats.ts";
import { RedisStreamsSink } from "../src/redis.ts";
import type { OpenSink } from "../src/sink/conformance.ts";
import { withRedis } from "./redis-shard.ts";

const recordsMax = 1_000_000;

/** A name that no other test uses. */
export function shardForTest(): string {
  return `test-${randomBytes(8).toString("hex")}`;
}

/** A folder of its own, and the sink in it. */
export async function jsonLinesForTest(
  fileBytesMax = 1_073_741_824,
): Promise<OpenSink & { readonly folder: string; readonly path: string }> {
  const folder = mkdtempSync(join(tmpdir(), "matchforge-sink-"));
  const path = join(folder, "events.jsonl");
  const handles = opened(async () => new JsonLinesSink({ path, fileBytesMax }));
  return {
    folder,
    path,
    connect: handles.connect,
    read: async () => (existsSync(path) ? linesIn(path) : []),
    async end() {
      await handles.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The records of a file. */
export function linesIn(path: string): StreamRecord[] {
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line));
}

/** A stream of its own in a Redis. */
export async function redisStreamForTest(server?: {
  readonly url: string;
}): Promise<OpenSink & { readonly key: string }> {
  const { url } = server ?? (await redisForTests());
  const shard = shardForTest();
  const key = `{mf:${shard}}:stream`;
  const { connect, close: end } = opened(
    async () => new RedisStreamsSink({ url, shard, recordsMax, report: () => {} }),
  );
  const read = async () => {
    const entries = await withRedis(url, (client) => client.xrange(key, "-", "+"));
    return entries.map(([id, fields]) => recordIn(id, fields));
  };
  return { key, connect, read, end };
}

function recordIn(id: string, fields: readonly string[]): StreamRecord {
  const { cursor, type, match_id, at, data } = Object.fromEntries(
    fields.flatMap((name, index) => (index % 2 === 0 ? [[name, fields[index + 1]]] : [])),
  );
  if (id !== cursor.replace(":", "-")) throw new Error(`${id} has the cursor ${cursor}`);
  return { cursor, type, ...(match_id !== "" && { match_id }), at: Number(at), data: JSON.parse(data) };
}

let nats: Promise<PrivateServer> | undefined;

/** A stream of its own in the NATS of this process, or in a given one. */
export async function natsForTest(server?: {
  readonly url: string;
}): Promise<OpenSink & { readonly url: string; readonly shard: string }> {
  nats ??= server === undefined ? startNats() : undefined;
  const { url } = server ?? (await (nats as Promise<PrivateServer>));
  const shard = shardForTest();
  const { connect: open, close: end } = opened(
    async () => new NatsSink({ url, shard, recordsMax, replicas: 1 }),
  );
  return { url, shard, connect: open, read: () => natsRecords({ url, shard }), end };
}

/** What a consumer of NATS is given. */
export async function natsRecords({ url, shard }: { url: string; shard: string }): Promise<StreamRecord[]> {
  const connection = await connect({ servers: url });
  try {
    const manager = await jetstreamManager(connection);
    const stream = `matchforge_${shard}`;
    // What nobody has looked at is not there yet.
    const names = await manager.streams.names().next();
    if (!names.includes(stream)) return [];
    const { state } = await manager.streams.info(stream);
    const consumer = await jetstream(connection).consumers.get(stream, { deliver_policy: DeliverPolicy.All });
    const records: StreamRecord[] = [];
    while (records.length < state.messages) {
      for await (const message of await consumer.fetch({
        max_messages: state.messages - records.length,
        expires: 1_000,
      })) {
        const record = message.json<StreamRecord>();
        if (message.subject !== `matchforge.${shard}.${record.type}`) throw new Error(message.subject);
        records.push(record);
      }
    }
    return records;
  } finally {
    await connection.close();
  }
}

/** Handles that are closed together. */
function opened(make: () => Promise<Sink>) {
  const sinks: Sink[] = [];
  return {
    async connect(): Promise<Sink> {
      const sink = await make();
      sinks.push(sink);
      return sink;
    },
    async close(): Promise<void> {
      await Promise.all(sinks.map((sink) => sink.close()));
    },
  };
}
