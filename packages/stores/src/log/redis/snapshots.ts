import { randomUUID } from "node:crypto";
import { StoreError } from "../../errors.ts";
import { storeLimits } from "../../limits.ts";
import type { SnapshotMeta, StoredSnapshot } from "../port.ts";
import { damagedSnapshot, verifiedChunks } from "../verified-chunks.ts";
import { dropFields } from "./drop-fields.ts";
import { atOnce, type LogAccess } from "./log-access.ts";

/** A complete snapshot: what the hash of snapshots holds under its position. */
interface SnapshotEntry extends SnapshotMeta {
  /** Its chunks lie under a key of this name, numbered from 0. */
  readonly id: string;
  readonly chunks: number;
  /** The entry as it is stored. */
  readonly text: string;
}

/** What to do about a snapshot that Redis does not give back as it was written. */
const advice = "The next snapshot of this position, or a newer one, takes its place.";

/**
 * Writes a snapshot chunk by chunk under a key of its own, so that appends pass between them; naming that key makes it
 * visible. A key that is not written on any more expires, so a writer that died leaves nothing.
 */
export async function writeSnapshot(
  access: LogAccess,
  meta: SnapshotMeta,
  chunks: readonly string[],
): Promise<void> {
  const { keys } = access;
  const id = randomUUID();
  const key = keys.snapshot(id);
  for (const [ordinal, chunk] of chunks.entries()) {
    await atOnce(access, (commands) =>
      commands.hset(key, ordinal, chunk).expire(key, storeLimits.redisSnapshotWritingSeconds),
    );
  }
  const { position, hash, level } = meta;
  const entry = JSON.stringify({ position, hash, level, id, chunks: chunks.length });
  const [, replaced] = await atOnce(access, (commands) =>
    commands.persist(key).hget(keys.snapshots, `${position}`).hset(keys.snapshots, position, entry),
  );
  if (typeof replaced !== "string") return;
  await access.connection.run((client) => client.unlink(keys.snapshot(entryFrom(replaced).id)));
}

/** The newest complete snapshot not beyond a position. */
export async function readSnapshot(access: LogAccess, atMost: number): Promise<StoredSnapshot | undefined> {
  const found = (await snapshotEntries(access)).find(({ position }) => position <= atMost);
  if (found === undefined) return undefined;
  const { position, hash, level } = found;
  const meta = { position, hash, level };
  const { place } = access.connection;
  return { meta, chunks: verifiedChunks(chunksOf(access, found), { meta, place, advice }) };
}

/** Position of the newest complete snapshot, 0 if there is none. */
export async function newestSnapshot(access: LogAccess): Promise<number> {
  return (await snapshotEntries(access))[0]?.position ?? 0;
}

/** Drops all but the newest snapshots. */
export async function dropOldSnapshots(access: LogAccess): Promise<void> {
  const old = (await snapshotEntries(access)).slice(storeLimits.snapshotsKept);
  await dropFields(access, {
    hash: access.keys.snapshots,
    fields: old.map(({ position, text }) => ({ field: `${position}`, value: text })),
    keys: old.map(({ id }) => access.keys.snapshot(id)),
  });
}

async function* chunksOf(
  access: LogAccess,
  { position, id, chunks }: SnapshotEntry,
): AsyncGenerator<string, void> {
  const { connection, keys } = access;
  for (let ordinal = 0; ordinal < chunks; ordinal += 1) {
    const chunk = await connection.run((client) => client.hget(keys.snapshot(id), `${ordinal}`));
    if (chunk !== null) yield chunk;
    else if ((await snapshotEntries(access)).some((entry) => entry.id === id)) {
      throw damagedSnapshot({ position }, connection.place, advice);
    } else throw new StoreError("TRIMMED", "The snapshot was dropped while it was read.");
  }
}

/** Complete snapshots, newest first. */
async function snapshotEntries({ connection, keys }: LogAccess): Promise<SnapshotEntry[]> {
  const texts = await connection.run((client) => client.hvals(keys.snapshots));
  return texts.map(entryFrom).sort((left, right) => right.position - left.position);
}

function entryFrom(text: string): SnapshotEntry {
  return { ...(JSON.parse(text) as Omit<SnapshotEntry, "text">), text };
}
