import type { Archive, Log } from "@matchforge/stores";
import { readArchive } from "./read-archive.ts";
import { isReadableFrom, readLog } from "./read-log.ts";
import type { Recording } from "./recording.ts";

/** Where a shard's past is kept. */
export interface RecordedStores {
  readonly log: Log;
  /** Null: the log alone is there. */
  readonly archive: Archive | null;
}

/**
 * Reads what was recorded of a shard: from the log while it is whole, for a log has every moment of shard time;
 * from the archive once it was trimmed, as it is behind every snapshot and whenever a server stops.
 *
 * @throws StoreError when neither can be read.
 */
export async function readRecording(
  { log, archive }: RecordedStores,
  onProgress?: (read: string) => void,
): Promise<Recording> {
  if (archive === null || (await isReadableFrom(log, 1)))
    return readLog(log, (entries) => onProgress?.(`${entries} entries of the log read`));
  return readArchive(archive, (events) => onProgress?.(`${events} events of the archive read`));
}
