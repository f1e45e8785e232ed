import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const secretBytes = 32;

/**
 * The secret in a file, 64 hex digits; made on first use, readable by its owner alone.
 *
 * @throws Error when the file can be read by others, or holds something else.
 */
export function readOrCreateSecret(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, `${randomBytes(secretBytes).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readSecret(path);
}

/** The secret in a file that exists. */
export function readSecret(path: string): string {
  const secret = readFileSync(path, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(secret)) {
    throw new Error(
      `${path} does not hold a secret (64 hex digits). Restore it from a backup, or delete it to have a new one made.`,
    );
  }
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
    throw new Error(`${path} can be read by others. Run: chmod 600 ${path}`);
  }
  return secret;
}

/** The files of the data folder that hold secrets. */
export const secretFiles = { token: "token.secret", shard: "shard.secret" } as const;
