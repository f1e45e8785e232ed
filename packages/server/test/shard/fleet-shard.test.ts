import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { defineMode, defineRules } from "@matchforge/core";
import { postgresForTests, redisForTests } from "@matchforge/testbed";
import { readSharedSecret, secretFiles } from "../../src/auth/secrets.ts";
import type { FleetConfig } from "../../src/config/fleet-config.ts";
import { startFleetShard } from "../../src/shard/fleet-shard.ts";
import { matchforge } from "../e2e/command-line.ts";
import { temporaryFolder } from "../e2e/temporary-folder.ts";
import { rules, shardSecret } from "./shard-rig.ts";

/** A node of a shard of its own. */
async function fleetConfig(change: Partial<FleetConfig> = {}): Promise<FleetConfig> {
  const [{ url: database }, { url: redis }] = [await postgresForTests(), await redisForTests()];
  return {
    node: "node-1",
    database,
    redis,
    log: "postgres",
    relay: "redis",
    relayHost: "127.0.0.1",
    relayPort: 0,
    relayAddress: null,
    ...change,
  };
}

function start(fleet: FleetConfig, change: { shard?: string; secret?: string; stakes?: boolean } = {}) {
  const { shard = `test_${randomBytes(6).toString("hex")}`, secret = shardSecret, stakes = false } = change;
  const wagered = defineRules({
    modes: [defineMode({ id: "duel", stakes: [{ tier: "low", stake: "1" }], requires: ["escrow"] })],
  });
  return startFleetShard({
    fleet,
    shard,
    shardSecret: secret,
    rules: stakes ? wagered : rules,
    allowUnsafe: [],
    report: () => {},
    onFatal: (error) => {
      throw error;
    },
  });
}

test("[H35] the secrets of a fleet are made once, and a node without them does not start", async () => {
  const folder = join(temporaryFolder(), "secrets");
  const made = matchforge("secrets", "--data-dir", folder, "--json");
  assert.equal(made.status, 0, made.stderr);
  const { files } = JSON.parse(made.stdout) as { files: string[] };
  const secrets = files.map((file) => readFileSync(file, "utf8"));
  assert.equal(matchforge("secrets", "--data-dir", folder).status, 0);
  assert.deepEqual(
    files.map((file) => readFileSync(file, "utf8")),
    secrets,
  );
  const elsewhere = temporaryFolder();
  const copy = join(elsewhere, secretFiles.shard);
  assert.throws(() => readSharedSecret(copy), {
    code: "SECRET_MISSING",
    message: /is not there; all nodes of a fleet share it\. Run on one node: matchforge secrets --data-dir/,
  });
  cpSync(files[1] ?? "", copy);
  assert.equal(readSharedSecret(copy).length, 64);
});

test("[H35] a node with another shard secret does not start, and leaves nothing running", async () => {
  const shard = `test_${randomBytes(6).toString("hex")}`;
  const first = await start(await fleetConfig(), { shard });
  const other = await fleetConfig({ node: "node-2" });
  await assert.rejects(start(other, { shard, secret: "0b".repeat(32) }), { code: "SECRET_DIFFERS" });
  const second = await start(other, { shard });
  assert.ok(second.node.alive);
  await second.stop();
  await first.stop();
});

test("[H37] modes with stakes are not played on a log that can forget", async () => {
  const fleet = await fleetConfig({ log: "redis" });
  await assert.rejects(start(fleet, { stakes: true }), {
    code: "UNSAFE_SETTINGS",
    message: /duel have stakes.*log = "postgres".*allow_unsafe = \["relaxed_stakes"\]/,
  });
  const running = await start(fleet);
  assert.ok(running.node.leads);
  await running.stop();
});
