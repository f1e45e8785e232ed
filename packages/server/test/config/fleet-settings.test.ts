import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { supportedLevels } from "@matchforge/core";
import type { Overrides } from "../../src/config/gather-settings.ts";
import { describeProblem } from "../../src/config/problem.ts";
import { type Config, loadConfig } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "matchforge-fleet-settings-"));
after(() => rmSync(folder, { recursive: true }));

const database = "postgres://forge:hunter2@db.example:5432/forge";
const redis = "redis://:hunter2@cache.example:6379";

function configOf(given: Overrides): Config {
  const loaded = loadConfig({ file: undefined, environment: {}, given });
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.problems.map(describeProblem).join("\n"));
  return loaded.config;
}

function problemsOf(given: Overrides): string[] {
  const loaded = loadConfig({ file: undefined, environment: {}, given });
  return loaded.ok ? [] : loaded.problems.map(describeProblem);
}

test("[H34] without a database a server is alone", () => {
  assert.equal(configOf({}).fleet, null);
});

test("[H34] a node is called as it is told, or by its host", () => {
  assert.equal(configOf({ database, node: "eu-1" }).fleet?.node, "eu-1");
  assert.equal(configOf({ database }).fleet?.node, hostname());
  assert.match(problemsOf({ database, node: "eu/1" }).join(), /^--node: .*letters, digits/);
});

test("[H34] frames go through Redis where there is one, unless nodes are to speak with each other", () => {
  assert.equal(configOf({ database }).fleet?.relay, "nodes");
  assert.equal(configOf({ database, redis }).fleet?.relay, "redis");
  assert.equal(configOf({ database, redis, relay: "nodes" }).fleet?.relay, "nodes");
});

const contradictions: readonly (readonly [string, Overrides, RegExp])[] = [
  ["Redis without a database", { redis }, /^database: .*because redis is set/],
  ["a name without a database", { node: "a" }, /^database: .*because node is set/],
  ["a log in Redis without one", { database, log: "redis" }, /^redis: .*because log is "redis"/],
  ["a relay in Redis without one", { database, relay: "redis" }, /^redis: .*because relay is "redis"/],
  [
    "a relay at all addresses of a machine",
    { database, host: "0.0.0.0" },
    /^relay_address: .*connect to "0.0.0.0"/,
  ],
  [
    "a relay at an address of one link",
    { database, host: "fe80::1%lo" },
    /^relay_address: .*connect to "fe80/,
  ],
  [
    "a port that is none",
    { database, relay_address: "10.0.0.1:99999" },
    /^--relay-address: .*port from 1 to 65535/,
  ],
  ["a database at a port that is none", { database: "postgres://h:99999/x" }, /database.*: expected a URL/],
  ["a Redis at a port that is none", { database, redis: "redis://:p@ss@h:99999" }, /redis.*: expected a URL/],
];
for (const [what, given, said] of contradictions) {
  test(`[H34] ${what} is told`, () => assert.match(problemsOf(given).join(), said));
}

test("[H34] what is unsafe is accepted by its name alone", () => {
  const { allowUnsafe } = configOf({ database, allow_unsafe: "synchronous_commit,appendonly" });
  assert.deepEqual(allowUnsafe, ["synchronous_commit", "appendonly"]);
  assert.match(problemsOf({ database, allow_unsafe: "everything" }).join(), /"synchronous_commit"/);
});

test("[H34] the shard rises no higher than a node lets it", () => {
  assert.deepEqual(configOf({ kernel_level_max: "1" }).kernelLevels, [1]);
  assert.deepEqual(configOf({}).kernelLevels, [...supportedLevels]);
});

test("[H36] a wrong URL is not shown, for there may be a password in it", () => {
  const file = join(folder, "fleet.toml");
  writeFileSync(file, 'database = "mysql://forge:hunter2@db"\nredis = "http://:hunter2@cache"\n');
  const loaded = loadConfig({ file, environment: {}, given: {} });
  assert.ok(!loaded.ok);
  const told = loaded.problems.map(describeProblem).join("\n");
  assert.doesNotMatch(told, /hunter2/);
  assert.match(told, /fleet\.toml:1.*postgres:\/\/.*not shown/);
  assert.match(told, /fleet\.toml:2.*redis-cluster:\/\/.*not shown/);
});

const places = (text: string) => problemsOf({ shard: "eu", shards: text }).join();

test("[H40] the shards of a deployment are read from tables, and this one is alone without them", () => {
  const file = join(folder, "shards.toml");
  writeFileSync(
    file,
    'shard = "eu"\n[[shards]]\nid = "eu"\nregions = ["eu-west"]\n[[shards]]\nid = "us"\nurl = "https://us.example"\n',
  );
  const loaded = loadConfig({ file, environment: {}, given: {} });
  assert.ok(loaded.ok);
  assert.deepEqual(loaded.config.shards, [
    { id: "eu", regions: ["eu-west"], url: null },
    { id: "us", regions: [], url: "https://us.example" },
  ]);
  assert.deepEqual(configOf({}).shards, [{ id: "main", regions: [], url: null }]);
});

test("[H40] shards that do not fit together are told", () => {
  assert.match(places('[{ "id": "us" }]'), /^shards: .*the id of shard, "eu".*found us/);
  assert.match(places('[{ "id": "eu" }, { "id": "eu" }]'), /^shards: .*each id once.*eu/);
  assert.match(
    places('[{ "id": "eu", "regions": ["a"] }, { "id": "us", "regions": ["a"] }]'),
    /each region once.*a/,
  );
  for (const wrong of [
    '[{ "id": "EU" }]',
    '[{ "id": "eu", "url": "ftp://x" }]',
    '[{ "id": "eu", "more": 1 }]',
    "nonsense",
  ])
    assert.match(places(wrong), /--shards: .*up to 64 tables/, wrong);
});
