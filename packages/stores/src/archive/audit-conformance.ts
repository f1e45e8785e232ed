import assert from "node:assert/strict";
import { brokenAuditLine } from "./audit-chain.ts";
import type { Archive } from "./port.ts";
import type { AuditLine, AuditRow } from "./rows.ts";

/** Registers one promise as a test. */
export type Check = (
  title: string,
  body: (archive: Archive, connect: () => Promise<Archive>) => Promise<void>,
) => void;

function auditLine(position: number, changes: Partial<AuditLine> = {}): AuditLine {
  return {
    position,
    at: 7 * position,
    actor: "player_root",
    action: "match.close",
    object: "match_1",
    detail: null,
    reason: 'the host\'s "disk" is full 👋',
    outcome: "done",
    ...changes,
  };
}

/** What the `Archive` port promises of the audit. */
export function auditRules(check: Check): void {
  const commit = (archive: Archive, cursor: number, audit: readonly AuditLine[]) =>
    archive.commit({ cursor, events: [], rows: [], audit });
  const positions = (rows: readonly AuditRow[]) => rows.map(({ position }) => position);

  check("[AD12] lines of the audit are given back whole, newest first and in pages", async (archive) => {
    assert.deepEqual(await archive.audit({ limit: 9 }), []);
    const lines = [2, 5, 6].map((position) => auditLine(position, { detail: `version ${position}` }));
    await commit(archive, 6, lines);
    const [newest, ...older] = await archive.audit({ limit: 2 });
    const { hash, ...line } = newest as AuditRow;
    assert.deepEqual(line, lines[2]);
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.deepEqual(positions(older), [5]);
    assert.deepEqual(positions(await archive.audit({ limit: 9, before: 5 })), [2]);
  });

  check("[AD12] a line that is there already is not added again", async (archive, connect) => {
    await commit(archive, 5, [auditLine(3), auditLine(5)]);
    await commit(await connect(), 5, [auditLine(3, { reason: "another" })]);
    await commit(await connect(), 8, [auditLine(5, { reason: "another" }), auditLine(7)]);
    const rows = await archive.audit({ limit: 9 });
    assert.deepEqual(positions(rows), [7, 5, 3]);
    assert.ok(rows.every(({ reason }) => reason === auditLine(1).reason));
  });

  check("[AD13] each line follows from all before it, and one that does not is found", async (archive) => {
    assert.equal(await brokenAuditLine(archive), null);
    await commit(archive, 4, [auditLine(1), auditLine(4)]);
    await commit(archive, 9, [auditLine(8), auditLine(9)]);
    assert.equal(await brokenAuditLine(archive), null);
    const rows = await archive.audit({ limit: 9 });
    const forged = (change: (row: AuditRow) => AuditRow[]): Pick<Archive, "audit"> => ({
      audit: async ({ before = 99 }) => rows.flatMap(change).filter(({ position }) => position < before),
    });
    const changed = forged((row) => [row.position === 4 ? { ...row, outcome: "refused" } : row]);
    const dropped = forged((row) => (row.position === 4 ? [] : [row]));
    const beheaded = forged((row) => (row.position === 1 ? [] : [row]));
    assert.deepEqual(await Promise.all([changed, dropped, beheaded].map(brokenAuditLine)), [4, 8, 4]);
  });
}
