import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

const secretBytes = 32;
const ownerOnly = 0o600;

/** The files of the data folder that hold secrets. */
export const secretFiles = { token: "token.secret", shard: "shard.secret" } as const;

/** A secret that cannot be used; the message says what to do. */
export class SecretError extends Error {
  override readonly name = "SecretError";
  readonly code: "SECRET_MALFORMED" | "SECRET_EXPOSED" | "SECRET_MISSING";

  constructor(code: SecretError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The secret in a file, 64 hex digits; made on first use, readable by its owner alone. Of several processes
 * that start at once all get the same one.
 *
 * @throws SecretError when others can read the file, or it holds something else.
 * @example
 * const secret = readOrCreateSecret(join(dataDir, secretFiles.token));
 */
export function readOrCreateSecret(path: string): string {
  try {
    return readSecret(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  create(path);
  return readSecret(path);
}

/** The secret in a file that exists. */
export function readSecret(path: string): string {
  const secret = readFileSync(path, "utf8").trim();
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
    throw new SecretError("SECRET_EXPOSED", `${path} can be read by others. Run: chmod 600 ${path}`);
  }
  if (!/^[0-9a-f]{64}$/.test(secret)) {
    const advice = "Restore it from a backup, or delete it to have a new one made.";
    throw new SecretError("SECRET_MALFORMED", `${path} does not hold a secret (64 hex digits). ${advice}`);
  }
  return secret;
}

/**
 * The secret that all nodes of a fleet share, in a file of this node. It is never made here.
 *
 * @throws SecretError when there is none, others can read the file, or it holds something else.
 */
export function readSharedSecret(path: string): string {
  try {
    return readSecret(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const advice = `Run on one node: matchforge secrets --data-dir ${dirname(path)} – and copy its files to every other node.`;
    throw new SecretError("SECRET_MISSING", `${path} is not there; all nodes of a fleet share it. ${advice}`);
  }
}

/** The file appears whole or not at all, and never replaces one that is there. */
function create(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const file = openSync(draft, "wx", ownerOnly);
  try {
    writeSync(file, `${randomBytes(secretBytes).toString("hex")}\n`);
    fsyncSync(file);
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    closeSync(file);
    rmSync(draft);
  }
}
