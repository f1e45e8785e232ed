import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { postgresForTests, redisForTests, startRedis, waitUntil } from "@matchforge/testbed";
import { readOrCreateSecret, readSharedSecret, secretFiles } from "../../src/auth/secrets.ts";
import { examine, type Finding } from "../../src/cli/doctor/examine.ts";
import { loadConfig } from "../../src/config/config.ts";
import type { Overrides } from "../../src/config/gather-settings.ts";
import { startFleetShard } from "../../src/shard/fleet-shard.ts";
import { matchforge } from "../e2e/command-line.ts";
import { newShard } from "../e2e/setups.ts";
import { temporaryFolder } from "../e2e/temporary-folder.ts";
import { rules } from "../shard/shard-rig.ts";

const nowhere = "127.0.0.1:1";

/** Settings of a node whose fleet has never run. */
async function fleetSettings(change: Overrides = {}): Promise<Overrides> {
  const data_dir = temporaryFolder();
  for (const name of Object.values(secretFiles)) readOrCreateSecret(join(data_dir, name));
  const [{ url: database }, { url: redis }] = [await postgresForTests(), await redisForTests()];
  return { data_dir, shard: newShard(), port: "0", node: "node-1", database, redis, ...change };
}

function configOf(given: Overrides) {
  const loaded = loadConfig({ file: undefined, environment: {}, given });
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return loaded.config;
}

/** What the doctor finds, by the names of its checks. */
async function look(given: Overrides): Promise<Record<string, Finding>> {
  const findings = await examine(configOf(given), null);
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
}

async function found(check: string, change: Overrides): Promise<Finding> {
  const finding = (await look(await fleetSettings(change)))[check];
  assert.ok(finding !== undefined, `nothing about ${check}`);
  return finding;
}

function verdicts(findings: Record<string, Finding>, ...checks: string[]): (string | undefined)[] {
  return checks.map((check) => findings[check]?.verdict);
}

test("[B31] before a fleet's first start the doctor is content, and makes nothing", async () => {
  const settings = await fleetSettings();
  for (let times = 0; times < 2; times += 1) {
    const findings = await look(settings);
    assert.deepEqual(verdicts(findings, "database", "shard", "redis"), ["ok", "ok", "ok"]);
    assert.match(findings.database!.detail, /is made at the first start/);
    assert.deepEqual(verdicts(findings, "data file", "relay"), [undefined, undefined]);
  }
});

for (const log of ["postgres", "redis"] as const) {
  test(`[B31] beside a fleet that runs it tells how far the log is, and whose secret is another's (log in ${log})`, async () => {
    const settings = await fleetSettings({ log });
    const { fleet, shard, dataDir } = configOf(settings);
    assert.ok(fleet !== null);
    const shardSecret = readSharedSecret(join(dataDir, secretFiles.shard));
    const onFatal = (error: unknown) => assert.fail(`${error}`);
    const options = { rules, allowUnsafe: [], report: () => {}, onFatal };
    const running = await startFleetShard({ ...options, fleet, shard, shardSecret });
    try {
      const strange = { ...settings, data_dir: (await fleetSettings()).data_dir as string };
      await waitUntil(async () => (await look(strange)).shard?.verdict === "fail", {
        what: "the first epoch in the archive",
        withinMs: 20_000,
      });
      const refused = (await look(strange)).shard!;
      assert.match(refused.detail, /shard\.secret is not the secret of this shard/);
      assert.match(refused.advice!, /Copy both secrets from a node that runs/);
      const own = await look(settings);
      assert.deepEqual(verdicts(own, "database", "shard", "redis"), ["ok", "ok", "ok"]);
      assert.match(own.shard!.detail, /^\d+ entries in the database, \d+ archived$/);
      assert.match(own.database!.detail, /has version \d+$/);
      assert.match(own.redis!.detail, log === "redis" ? /its log ends at \d+$/ : /^can be used$/);
    } finally {
      await running.stop();
    }
  });
}

test("[B31] secrets that are not there are missed, with the command that makes them", async () => {
  const data_dir = temporaryFolder();
  const findings = await look(await fleetSettings({ data_dir }));
  for (const name of Object.values(secretFiles)) {
    assert.equal(findings[name]?.verdict, "fail");
    assert.match(findings[name]?.advice ?? "", /matchforge secrets --data-dir/);
  }
  assert.equal(findings.shard?.verdict, "ok");
});

test("[B31] stores that cannot be reached are named without their passwords", async () => {
  const findings = await look(
    await fleetSettings({
      database: `postgres://me:hidden@${nowhere}/arcade`,
      redis: `redis://me:hidden@${nowhere}`,
    }),
  );
  assert.deepEqual(verdicts(findings, "database", "shard", "redis"), ["fail", "fail", "fail"]);
  for (const check of ["database", "redis"] as const) {
    assert.match(findings[check]!.detail, /cannot be used \(STORE_UNAVAILABLE\)/);
    assert.match(findings[check]!.advice!, /127\.0\.0\.1:1/);
  }
  assert.ok(!JSON.stringify(findings).includes("hidden"));
});

test("[B31] a store that could lose what it acknowledged is refused, unless that is accepted by name", async () => {
  const { url } = await postgresForTests();
  const database = `${url}${url.includes("?") ? "&" : "?"}options=-c%20synchronous_commit%3Doff`;
  const refused = await found("database", { database });
  assert.match(refused.detail, /UNSAFE_SETTINGS/);
  assert.match(refused.advice!, /synchronous_commit is off/);
  const accepted = await found("database", { database, allow_unsafe: "synchronous_commit" });
  assert.equal(accepted.verdict, "ok");

  await using forgetful = await startRedis({ settings: { appendonly: "no" } });
  const redis = forgetful.url;
  assert.match((await found("redis", { redis, log: "redis" })).advice!, /appendonly/);
  assert.equal((await found("redis", { redis })).verdict, "ok", "a relay keeps nothing");
});

test("[B31] a relay that others cannot reach is found out", async () => {
  const relay = (change: Overrides) => found("relay", { relay: "nodes", ...change });
  const named = { relay_host: "0.0.0.0", relay_address: "10.0.0.1:7000" };
  const anyPort = await relay(named);
  assert.equal(anyPort.verdict, "warn");
  assert.match(anyPort.advice!, /Set relay_port/);
  const freePort = await new Promise<number>((resolve) => {
    const free = createServer().listen(0, "0.0.0.0", () => {
      const { port } = free.address() as { port: number };
      free.close(() => resolve(port));
    });
  });
  assert.equal((await relay({ ...named, relay_port: `${freePort}` })).verdict, "ok");
  const own = await relay({ relay_host: "127.0.0.1" });
  assert.deepEqual([own.verdict, /this machine/.test(own.detail)], ["warn", true]);
  assert.match((await relay({ relay_host: "192.0.2.1" })).detail, /cannot be listened on \(EADDRNOTAVAIL\)/);
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port));
  });
  const taken = await relay({ relay_host: "127.0.0.1", relay_port: `${port}` });
  assert.deepEqual([taken.verdict, /is in use/.test(taken.detail)], ["warn", true]);
  other.close();
});

test("[B31] the command prints it for people and for programs, and a fail is its exit code", async () => {
  const { data_dir = "", shard, database } = await fleetSettings();
  const file = join(data_dir, "fleet.toml");
  const lines = { node: "node-1", shard, database, redis: `redis://${nowhere}`, port: 0, data_dir };
  writeFileSync(
    file,
    Object.entries(lines)
      .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
      .join(""),
  );
  const printed = matchforge("doctor", "--config", file);
  assert.equal(printed.status, 1, printed.stderr);
  assert.match(printed.stdout, /^ok +database +can be used/m);
  assert.match(printed.stdout, /^fail +redis +Redis cannot be used \(STORE_UNAVAILABLE\)/m);
  const findings = JSON.parse(matchforge("doctor", "--config", file, "--json").stdout) as Finding[];
  assert.equal(findings.find(({ check }) => check === "redis")?.verdict, "fail");
});
