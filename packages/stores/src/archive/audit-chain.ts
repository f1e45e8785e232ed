import { createHash } from "node:crypto";
import { storeLimits } from "../limits.ts";
import type { Archive } from "./port.ts";
import type { AuditLine, AuditRow } from "./rows.ts";

/** What the first line of an audit follows. */
export const firstAuditHash = "0".repeat(64);

/**
 * The lines as the archive keeps them: each with SHA-256 over the hash of the line before and its own content, so that
 * no line can be changed, dropped or slipped in without changing all later ones.
 */
export function chained(previous: string, lines: readonly AuditLine[]): AuditRow[] {
  let last = previous;
  return lines.map((line) => {
    last = auditHash(last, line);
    return { ...line, hash: last };
  });
}

/**
 * Reads a whole audit, newest first, and answers the position of a line that does not follow from the one before it;
 * null when every line does.
 *
 * @example
 * const brokenAt = await brokenAuditLine(archive); // null
 */
export async function brokenAuditLine(archive: Pick<Archive, "audit">): Promise<number | null> {
  let later: AuditRow | undefined;
  for (;;) {
    const limit = storeLimits.queryRows;
    const page = await archive.audit({ limit, ...(later !== undefined && { before: later.position }) });
    for (const row of page) {
      if (later !== undefined && later.hash !== auditHash(row.hash, later)) return later.position;
      later = row;
    }
    if (page.length > 0) continue;
    return later === undefined || later.hash === auditHash(firstAuditHash, later) ? null : later.position;
  }
}

function auditHash(previous: string, line: AuditLine): string {
  const { position, at, actor, action, object, detail, reason, outcome } = line;
  const content = JSON.stringify([previous, position, at, actor, action, object, detail, reason, outcome]);
  return createHash("sha256").update(content).digest("hex");
}
