import { accessSync, constants, globSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { searchPath } from "../environment.ts";

/** A program the testbed runs. */
export type ProgramName = "redis-server" | "redis-cli" | "postgres" | "initdb" | "nats-server";

/** Where Debian keeps PostgreSQL, one folder for each version and none of them on the path. */
const debianPostgres = "/usr/lib/postgresql/*/bin";

/**
 * The file of a program: on the path, else where Debian keeps the newest PostgreSQL.
 *
 * @example
 * findProgram("redis-server"); // "/usr/bin/redis-server", or undefined
 */
export function findProgram(
  name: ProgramName,
  folders: readonly string[] = [...searchPath(), ...newestFirst(globSync(debianPostgres))],
): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** Folders of versions, the highest version first. */
export function newestFirst(folders: readonly string[]): string[] {
  const version = (folder: string) => Number(dirname(folder).split("/").at(-1));
  return [...folders].sort((left, right) => version(right) - version(left));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Whatever the reason, a file that cannot be run is no program for us.
    return false;
  }
}
