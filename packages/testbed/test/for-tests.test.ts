import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serverEnvironment } from "../src/environment.ts";
import { serversForRun } from "../src/index.ts";
import { type Leftovers, untilGone } from "./leftovers.ts";

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The servers a process of these variables uses, asked for twice. */
async function urlsOf(variables: Readonly<Record<string, string>>): Promise<string[][]> {
  const env = {
    ...serverEnvironment(),
    DATABASE_URL: "",
    REDIS_URL: "",
    REDIS_CLUSTER_URL: "",
    ...variables,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [script("./tell-urls.ts")], { env });
  return JSON.parse(stdout) as string[][];
}

test("[TB10] the servers that are named are those of the tests", async () => {
  const named = [
    "postgres://a@127.0.0.1:1/b",
    "redis://127.0.0.1:2",
    "redis://127.0.0.1:3,redis://127.0.0.1:4",
  ];
  const [DATABASE_URL = "", REDIS_URL = "", REDIS_CLUSTER_URL = ""] = named;
  assert.deepEqual(await urlsOf({ DATABASE_URL, REDIS_URL, REDIS_CLUSTER_URL }), [named, named]);
});

test("[TB10] a process without named servers starts its own, once", async () => {
  const [first, second] = await urlsOf({});
  assert.deepEqual(first, second);
  assert.equal(new Set(first).size, 3);
});

test("[TB11] a run has one server of each kind for all its processes", async () => {
  const servers = await serversForRun();
  const urls = ["DATABASE_URL", "REDIS_URL", "REDIS_CLUSTER_URL"].map((name) => servers.variables[name]);
  const told = await Promise.all([urlsOf(servers.variables), urlsOf(servers.variables)]);
  assert.deepEqual(told, [
    [urls, urls],
    [urls, urls],
  ]);
  await servers.stop();
});

async function heldBy(holder: ChildProcess): Promise<Leftovers> {
  assert.ok(holder.stdout);
  const [line] = await once(createInterface({ input: holder.stdout }), "line");
  return JSON.parse(line as string) as Leftovers;
}

for (const ending of ["SIGKILL", "SIGTERM", "SIGINT"] as const) {
  test(`[TB19] a process that ends by ${ending} leaves neither servers nor folders`, async () => {
    const holder = spawn(process.execPath, [script("./hold-servers.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const held = await heldBy(holder);
    holder.kill(ending);
    await untilGone(held);
  });
}
