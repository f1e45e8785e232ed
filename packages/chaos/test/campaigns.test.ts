import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { type CampaignReport, type FaultKind, faultKinds, faults, type Setup } from "../src/index.ts";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const patience = { timeout: 400_000 };

/** A short campaign, which must find nothing. */
async function survives(setup: Setup, kinds: readonly FaultKind[]): Promise<void> {
  const given = ["--setup", setup, "--kind", kinds.join(","), "--seed", "11", "--players", "16", "--json"];
  const campaign = spawn(process.execPath, [cli, ...given], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  campaign.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(campaign, "close");
  const report = JSON.parse(said.trim().split("\n").at(-1) ?? "") as CampaignReport;
  assert.deepEqual([code, report.violations], [0, []], said);
  assert.deepEqual(Object.keys(report.struck).sort(), [...kinds].sort());
  assert.ok(report.matches > kinds.length, "matches went on between the faults");
}

const ofLog = ["redis_empty", "redis_truncate"] as const;

test("[CH1] a fleet on PostgreSQL and Redis lives through every kind of fault", patience, async () => {
  const kinds = faultKinds.filter((kind) => !(ofLog as readonly string[]).includes(kind));
  await survives("postgres_redis", kinds);
});

test("[CH1] every kind of fault has a set-up on which it strikes", () => {
  for (const kind of faultKinds) assert.ok(faults[kind].setups.length > 0, kind);
});

test("[CH2] a relaxed log that was emptied or cut short is restored from its copy", patience, () =>
  survives("relaxed_redis", ofLog),
);

test("[CH5] a campaign that cannot be understood is refused", () => {
  for (const [args, said] of [
    [["--kind", "meteor"], /--kind is meteor; it takes one of node_kill/],
    [["--runs", "0"], /--runs is 0; it takes 1 to/],
    [["--setup", "mysql"], /--setup is mysql; it takes one of postgres_redis/],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
    assert.equal(status, 2, stderr);
    assert.match(stderr, said);
  }
});
