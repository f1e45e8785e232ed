import { StoreError } from "../errors.ts";

/** Throws `TRIM_REFUSED` when entries beyond the newest snapshot (0 if there is none) would be dropped. */
export function refuseTrimBeyond(newestSnapshot: number, before: number): void {
  if (before <= newestSnapshot + 1) return;
  const reason =
    newestSnapshot === 0 ? "there is no snapshot" : `the newest snapshot is at ${newestSnapshot}`;
  throw new StoreError("TRIM_REFUSED", `Entries before ${before} cannot be dropped: ${reason}.`);
}

/** Throws `TRIMMED` when position `from` is not kept; `lastDropped` is 0 in a log never trimmed. */
export function refuseReadBefore(lastDropped: number, from: number): void {
  if (from > lastDropped) return;
  throw new StoreError("TRIMMED", `Position ${from} was trimmed; the log begins at ${lastDropped + 1}.`);
}
