import { contentHash, contentHashText, emptyContentHash } from "@matchforge/core";
import { StoreError } from "../errors.ts";
import type { SnapshotMeta } from "./port.ts";

/** What to do about a damaged file; other stores say what to do about theirs. */
const fileAdvice = "Keep a copy of it and of its -wal file, then restore a backup.";

/**
 * A snapshot's chunks as they come, then a look at all of them together: stores return whatever bytes they have,
 * and a state restored from other bytes than were written would differ from every other node's without a word.
 *
 * @throws StoreError `CORRUPT` after the last chunk, naming `place`, where the snapshot lies.
 */
export async function* verifiedChunks(
  chunks: Iterable<string> | AsyncIterable<string>,
  { meta, place, advice }: { readonly meta: SnapshotMeta; readonly place: string; readonly advice?: string },
): AsyncGenerator<string, void> {
  let hash = emptyContentHash;
  for await (const chunk of chunks) {
    hash = contentHash(hash, chunk);
    yield chunk;
  }
  if (contentHashText(hash) !== meta.hash) throw damagedSnapshot(meta, place, advice);
}

/** What whoever meets a damaged snapshot is told. */
export function damagedSnapshot(
  { position }: Pick<SnapshotMeta, "position">,
  place: string,
  advice: string = fileAdvice,
): StoreError {
  const damage = `its snapshot at position ${position} is not as it was written`;
  return new StoreError("CORRUPT", `${place} is damaged: ${damage}. ${advice}`);
}
