import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Log, openSqliteFile } from "@matchforge/stores";
import { postgresForTests, redisForTests } from "@matchforge/testbed";
import { readOrCreateSecret, secretFiles } from "../../src/auth/secrets.ts";
import type { Overrides } from "../../src/config/gather-settings.ts";
import { shardFileName } from "../../src/shard/embedded-shard.ts";
import { openFleetStores } from "../../src/shard/stores/open-fleet-stores.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Everything a shard can run on. The end-to-end suite runs on each. */
export const setups = ["embedded", "postgres_redis", "postgres", "relaxed_redis"] as const;
export type Setup = (typeof setups)[number];

/** The set-up this process is to test. */
export const chosenSetup: Setup = chosen(process.env.MATCHFORGE_TEST_SETUP ?? "embedded");

function chosen(name: string): Setup {
  const setup = setups.find((known) => known === name);
  assert.ok(setup !== undefined, `MATCHFORGE_TEST_SETUP is ${name}; it takes ${setups.join(", ")}`);
  return setup;
}

/** A shard of its own on the chosen set-up: what each of its nodes is started with, and a look at its log. */
export interface Deployment {
  readonly nodes: readonly Overrides[];
  /** Looks at the log while the nodes run. */
  withLog<Result>(look: (log: Log) => Promise<Result>): Promise<Result>;
  remove(): void;
}

/** A fresh shard on the chosen set-up: one node where it is embedded, else two. */
export async function deploy(setup: Setup = chosenSetup): Promise<Deployment> {
  if (setup === "embedded") return embedded();
  return deployFleet(setup, setup === "postgres" ? null : (await redisForTests()).url);
}

function embedded(): Deployment {
  const dataDir = temporaryFolder();
  return {
    nodes: [{ data_dir: dataDir }],
    async withLog(look) {
      // As a process killed at this moment would leave it: nobody else may open the file itself.
      const copy = temporaryFolder();
      cpSync(dataDir, copy, { recursive: true });
      const file = await openSqliteFile({ path: join(copy, shardFileName) });
      try {
        return await look(file.log());
      } finally {
        await file.close();
        rmSync(copy, { recursive: true });
      }
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

/** A fresh shard of two nodes on a fleet's stores. */
export async function deployFleet(
  setup: Exclude<Setup, "embedded">,
  redis: string | null,
  {
    shard = newShard(),
    secretsOf,
    more = {},
  }: { shard?: string; secretsOf?: Deployment; more?: Overrides } = {},
): Promise<Deployment> {
  const { url: database } = await postgresForTests();
  const isRelaxed = setup === "relaxed_redis";
  const folders = [sharedSecrets(secretsOf?.nodes[0]?.data_dir ?? null)];
  folders.push(sharedSecrets(folders[0] ?? null));
  const shared: Overrides = {
    ...more,
    database,
    shard,
    ...(redis !== null && { redis }),
    ...(isRelaxed && { log: "redis", allow_unsafe: "relaxed_stakes" }),
  };
  const allowUnsafe = isRelaxed ? ["relaxed_stakes"] : [];
  return {
    nodes: folders.map((data_dir, index) => ({ ...shared, data_dir, node: `node-${index + 1}` })),
    async withLog(look) {
      const where = { shard, database, redisLog: isRelaxed ? redis : null, allowUnsafe };
      const stores = await openFleetStores(where, () => {});
      try {
        return await look(stores.log);
      } finally {
        await stores.close();
      }
    },
    remove() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A name that no other shard has. */
export function newShard(): string {
  return `test_${randomBytes(6).toString("hex")}`;
}

/** A data folder with the secrets of another one, or with new ones. */
function sharedSecrets(from: string | null): string {
  const folder = temporaryFolder();
  for (const name of Object.values(secretFiles)) {
    if (from === null) readOrCreateSecret(join(folder, name));
    else cpSync(join(from, name), join(folder, name));
  }
  return folder;
}
