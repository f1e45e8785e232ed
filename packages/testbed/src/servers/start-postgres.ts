import { randomBytes } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lazy } from "../lazy.ts";
import type { Keeper } from "../processes/keeper.ts";
import { ownKeeper } from "../processes/own-keeper.ts";
import { runToEnd } from "../processes/run-to-end.ts";
import { requirePrograms } from "../programs/require-programs.ts";
import type { PrivateServer } from "./private-server.ts";
import { makeServerFolder, type ServerFolder } from "./server-folder.ts";
import { startOnFreePort } from "./start-on-free-port.ts";

export interface PostgresOptions {
  /** Settings beside ours or instead of them, such as `synchronous_commit`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** What is acknowledged is on disk, as in production; only sizes are those of a test. */
const defaults = {
  max_connections: "300",
  shared_buffers: "64MB",
  // The other kinds of shared memory outlive a server that is killed; this one goes with its folder.
  dynamic_shared_memory_type: "mmap",
} as const;

/** An unguessable role stands for a password: nobody else on the machine can name it. */
const role = lazy(() => `test_${randomBytes(12).toString("hex")}`);

/**
 * Starts a PostgreSQL of our own.
 *
 * @returns When it answers.
 * @throws Error with the end of its log, when it does not start.
 * @example
 * await using postgres = await startPostgres({ settings: { synchronous_commit: "off" } });
 * const pool = new Pool({ connectionString: postgres.url });
 */
export async function startPostgres({ settings }: PostgresOptions = {}): Promise<PrivateServer> {
  const { postgres: program } = await requirePrograms("postgres", "initdb");
  const keeper = ownKeeper();
  const place = await makeServerFolder(keeper);
  await copyTemplate(keeper, place);
  const all = { ...defaults, ...settings };
  const fixed = { listen_addresses: "127.0.0.1", unix_socket_directories: place.folder };
  const lines = Object.entries({ ...all, ...fixed }).map(([key, value]) => `${key} = '${value}'\n`);
  appendFileSync(join(place.dataFolder, "postgresql.conf"), lines.join(""));
  return startOnFreePort((port) => ({
    ...place,
    name: `PostgreSQL on port ${port}`,
    keeper,
    program,
    args: ["-D", place.dataFolder, "-p", `${port}`],
    port,
    url: `postgres://${role()}@127.0.0.1:${port}/postgres`,
    settings: all,
    stopSignal: "SIGINT",
    isReady: (pid) => saysReady(place.dataFolder, pid),
  }));
}

/** Preparing a data folder takes far longer than copying one. */
const template = lazy(async () => {
  const { initdb: program } = await requirePrograms("initdb");
  const keeper = ownKeeper();
  const place = await makeServerFolder(keeper);
  const access = [`--username=${role()}`, "--auth=trust"];
  const args = ["-D", place.dataFolder, ...access, "--encoding=UTF8", "--locale=C", "--no-sync"];
  await runToEnd(keeper, { ...place, program, args });
  return place.dataFolder;
});

async function copyTemplate(keeper: Keeper, place: ServerFolder): Promise<void> {
  const args = ["-Rp", `${await template()}/.`, place.dataFolder];
  await runToEnd(keeper, { ...place, program: "cp", args });
}

/** Its pid file's first line says whose it is, for a killed server leaves one; the eighth how far it is. */
function saysReady(dataFolder: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(dataFolder, "postmaster.pid"), "utf8").split("\n");
    return lines[0] === `${pid}` && lines[7]?.trim() === "ready";
  } catch {
    // It has not come to writing the file.
    return false;
  }
}
