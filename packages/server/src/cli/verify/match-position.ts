import type { Archive, Log } from "@matchforge/stores";
import { entriesOf } from "matchforge";

const batchesPerRead = 500;

/** Where in the log a match was made; what the archive has not heard of yet, the log's end tells. */
export async function matchPosition(
  { log, archive }: { readonly log: Log; readonly archive: Archive },
  match: string,
): Promise<number | undefined> {
  const archived = await archive.match(match);
  if (archived !== undefined) return archived.match.position;
  let next = (await archive.cursor()) + 1;
  for (;;) {
    const batches = await log.read({ from: next, limit: batchesPerRead });
    if (batches.length === 0) return undefined;
    for (const batch of batches) {
      next = batch.first + batch.count;
      for (const { position, command } of entriesOf(batch))
        if (command.type === "matcher.propose" && command.match === match) return position;
    }
  }
}
