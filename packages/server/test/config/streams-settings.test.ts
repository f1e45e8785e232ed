import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { loadConfig } from "../../src/index.ts";

function load(environment: Record<string, string>) {
  return loadConfig({ file: undefined, environment, given: {} });
}

/** What is wrong with settings, by where. */
function problemsOf(environment: Record<string, string>): string[] {
  const loaded = load(environment);
  return loaded.ok ? [] : loaded.problems.map(({ where, expected }) => `${where}: ${expected}`);
}

test("[SK34] without settings nobody outside is told, and each sink has its own", () => {
  const alone = load({});
  assert.ok(alone.ok);
  assert.deepEqual(alone.config.streams, {
    jsonLines: null,
    redisStreams: null,
    nats: null,
    iggy: null,
    channels: null,
  });
  const all = load({
    MATCHFORGE_DATA_DIR: "/var/lib/forge",
    MATCHFORGE_STREAMS_SINKS: "json_lines,redis_streams,nats,iggy",
    MATCHFORGE_STREAMS_FILE_MIB_MAX: "2",
    MATCHFORGE_STREAMS_REDIS_URL: "redis://cache:6379",
    MATCHFORGE_STREAMS_NATS_URL: "nats://one:4222,nats://two:4222",
    MATCHFORGE_STREAMS_NATS_REPLICAS: "3",
    MATCHFORGE_STREAMS_IGGY_URL: "http://forge:secret@iggy:3000",
    MATCHFORGE_STREAMS_CHANNELS: "true",
    MATCHFORGE_STREAMS_CHANNELS_PREFIX: "eu:",
  });
  assert.ok(all.ok);
  assert.deepEqual(all.config.streams, {
    jsonLines: { path: resolve("/var/lib/forge/events.jsonl"), fileBytesMax: 2_097_152 },
    redisStreams: { url: "redis://cache:6379", recordsMax: 1_000_000 },
    nats: { url: "nats://one:4222,nats://two:4222", recordsMax: 10_000_000, replicas: 3 },
    iggy: { url: "http://forge:secret@iggy:3000" },
    channels: { url: "redis://cache:6379", prefix: "eu:" },
  });
});

test("[SK34] a sink without its server, and a server without its sink, are named", () => {
  assert.deepEqual(problemsOf({ MATCHFORGE_STREAMS_SINKS: "nats" }), [
    "streams.nats: its URL, because streams.sinks names nats",
  ]);
  assert.deepEqual(problemsOf({ MATCHFORGE_STREAMS_SINKS: "redis_streams" }), [
    "streams.redis: a Redis, because streams.sinks names redis_streams",
  ]);
  assert.deepEqual(problemsOf({ MATCHFORGE_STREAMS_CHANNELS: "true" }), [
    "streams.redis: a Redis, because streams.channels is true",
  ]);
  assert.deepEqual(problemsOf({ MATCHFORGE_STREAMS_NATS_URL: "nats://one:4222" }), [
    "streams.sinks: nats among them, because streams.nats is set",
  ]);
});

test("[SK34] an address that cannot be one is not taken, and none is shown", () => {
  const wrong = {
    MATCHFORGE_STREAMS_REDIS_URL: "http://:p4ss@cache",
    MATCHFORGE_STREAMS_NATS_URL: "nats://one:4222,http://:p4ss@two",
    MATCHFORGE_STREAMS_IGGY_URL: "http://iggy:3000/p4ss",
    MATCHFORGE_STREAMS_CHANNELS_PREFIX: "a b",
    MATCHFORGE_STREAMS_SINKS: "kafka",
  };
  for (const [name, value] of Object.entries(wrong)) {
    const loaded = load({ [name]: value });
    assert.ok(!loaded.ok, name);
    assert.ok(!JSON.stringify(loaded.problems).includes("p4ss"), name);
  }
});
