import { StoreError } from "../../errors.ts";
import { storeLimits } from "../../limits.ts";
import type { Connections, Query, Row } from "../../postgres/connections.ts";
import type { SnapshotMeta, StoredSnapshot } from "../port.ts";
import { damagedSnapshot, verifiedChunks } from "../verified-chunks.ts";

/** What to do about a snapshot that is not as it was written. */
const advice = "Keep a copy of the schema, then restore a backup.";

/**
 * Writes a snapshot over many transactions, so that each is short; the last makes it readable. One that a trim drops
 * meanwhile, because newer ones are complete, stays dropped.
 */
export async function writeSnapshot(
  connections: Connections,
  { position, hash, level }: SnapshotMeta,
  texts: readonly string[],
): Promise<void> {
  const { query } = connections;
  const [begun] = await query(
    "INSERT INTO log_snapshot (position, hash, level) VALUES ($1, $2, $3) RETURNING snapshot",
    [position, hash, level],
  );
  const snapshot = begun?.snapshot;
  for (const chunks of statementsOf(texts)) await query(addChunksSql, [snapshot, chunks.from, chunks.texts]);
  await connections.transaction(async (together) => {
    // One at a time, so that of two of the same position the later sees the other, and a trim counts both as one.
    await together("SELECT FROM log_floor FOR UPDATE");
    const completed = await together(completeSql, [snapshot, texts.length]);
    if (completed.length > 0) await together(replaceSql, [snapshot, position]);
  });
}

const addChunksSql = `
  INSERT INTO log_snapshot_chunk (snapshot, ordinal, text)
  SELECT $1, $2 + place - 1, text FROM unnest($3::text[]) WITH ORDINALITY AS given (text, place)
`;

const completeSql = "UPDATE log_snapshot SET chunks = $2 WHERE snapshot = $1 RETURNING snapshot";

const replaceSql = `
  DELETE FROM log_snapshot WHERE snapshot <> $1 AND position = $2 AND chunks IS NOT NULL
`;

/** Chunks together as far as one statement takes them, with the ordinal of the first. */
function* statementsOf(texts: readonly string[]): Generator<{ from: number; texts: string[] }> {
  let together: string[] = [];
  let length = 0;
  for (const [ordinal, text] of texts.entries()) {
    if (together.length > 0 && length + text.length > storeLimits.postgresChunkText) {
      yield { from: ordinal - together.length, texts: together };
      together = [];
      length = 0;
    }
    together.push(text);
    length += text.length;
  }
  if (together.length > 0) yield { from: texts.length - together.length, texts: together };
}

/** Finds the newest complete snapshot; its chunks are read when they are asked for. */
export async function readSnapshot(
  query: Query,
  { atMost, place }: { readonly atMost: number; readonly place: string },
): Promise<StoredSnapshot | undefined> {
  const [row] = await query(
    `SELECT snapshot, position, hash, level, chunks FROM log_snapshot
     WHERE chunks IS NOT NULL AND position <= $1 ORDER BY position DESC LIMIT 1`,
    [atMost],
  );
  if (row === undefined) return undefined;
  const meta = { position: Number(row.position), hash: String(row.hash), level: Number(row.level) };
  const found = { meta, place, snapshot: Number(row.snapshot), chunks: Number(row.chunks) };
  return { meta, chunks: verifiedChunks(chunksOf(query, found), { meta, place, advice }) };
}

interface FoundSnapshot {
  readonly meta: SnapshotMeta;
  readonly place: string;
  readonly snapshot: number;
  readonly chunks: number;
}

/** Tells a chunk that is missing from a snapshot that is. */
const chunkSql = `
  SELECT text FROM log_snapshot LEFT JOIN log_snapshot_chunk
    ON log_snapshot_chunk.snapshot = log_snapshot.snapshot AND ordinal = $2
  WHERE log_snapshot.snapshot = $1
`;

async function* chunksOf(query: Query, found: FoundSnapshot): AsyncGenerator<string, void> {
  const ask = (ordinal: number): Promise<Row[]> => {
    const answer = query(chunkSql, [found.snapshot, ordinal]);
    // A reader who stops early leaves the last answer unread.
    answer.catch(() => {});
    return answer;
  };
  let coming = ask(0);
  for (let ordinal = 0; ordinal < found.chunks; ordinal += 1) {
    const [row] = await coming;
    // The next one is on its way while its reader works on this one.
    if (ordinal + 1 < found.chunks) coming = ask(ordinal + 1);
    if (row === undefined) throw new StoreError("TRIMMED", "The snapshot was dropped while it was read.");
    if (row.text === null) throw damagedSnapshot(found.meta, found.place, advice);
    yield String(row.text);
  }
}
