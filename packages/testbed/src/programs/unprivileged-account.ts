import { readFileSync } from "node:fs";

/** An account by its numbers. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The accounts servers may run under, the first that exists. */
const candidates = ["postgres", "nobody"];

/**
 * The account that servers run under when we are root, because PostgreSQL refuses to run as root.
 *
 * @returns undefined when we are not root: servers then run as we do.
 */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of candidates) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    `Servers for the tests do not run as root, and no account ${candidates.join(" or ")} exists.`,
  );
}
