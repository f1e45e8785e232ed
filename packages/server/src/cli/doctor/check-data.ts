import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { openSqliteFile, StoreError } from "@matchforge/stores";
import { readSecret, readSharedSecret, SecretError } from "../../auth/secrets.ts";
import type { Config } from "../../config/config.ts";
import { shardFileName } from "../../shard/embedded-shard.ts";
import { type Found, fail, ok, warn } from "./finding.ts";

const notThere = "not there yet; made at the first start";

/** Whether the data folder can be written, or made. */
export function checkDataFolder({ dataDir }: Config): Found {
  const place = existing(dataDir);
  if (!statSync(place).isDirectory())
    return fail(`${place} is no folder`, "Choose another place: --data-dir ./data");
  try {
    accessSync(place, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch {
    return fail(
      `${place} may not be written by this user`,
      "Check who owns it, or choose another place: --data-dir ./data",
    );
  }
  return ok(place === dataDir ? `${dataDir} can be written` : `${dataDir} ${notThere}`);
}

/** Whether a secret is one, and its owner's alone; a fleet's must be there already. */
export function checkSecret({ dataDir, fleet }: Config, name: string): Found {
  try {
    const read = fleet === null ? readSecret : readSharedSecret;
    read(join(dataDir, name));
    return ok("readable by its owner alone");
  } catch (error) {
    if (error instanceof SecretError) return fail(`${name} cannot be used`, error.message);
    return failureOfFile(error, "Check who owns it.");
  }
}

/** Whether the file of log and archive can be read; it is looked at only where it exists. */
export async function checkDataFile({ dataDir }: Config): Promise<Found> {
  const path = join(dataDir, shardFileName);
  if (!existsSync(path)) return ok(notThere);
  try {
    const file = await openSqliteFile({ path });
    const { position } = await file.log().head();
    const archived = await file.archive().cursor();
    await file.close();
    return ok(`${path} can be read: ${position} entries, ${archived} archived`);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === "FILE_IN_USE")
      return warn(`${path} is in use`, "Fine if a server runs here; otherwise stop what has it open.");
    return fail(`${path} cannot be used`, error.message);
  }
}

function failureOfFile(error: unknown, advice: string): Found {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR" ? ok(notThere) : fail(message, advice);
}

/** The path itself, or the nearest folder above it that exists. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}
