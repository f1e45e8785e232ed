import { setTimeout } from "node:timers/promises";
import { type Archive, StoreError } from "@matchforge/stores";
import type { HttpDeps } from "./http-deps.ts";
import { httpLimits } from "./limits.ts";

const pollMs = 25;

/**
 * Waits for the archive, which follows the log a moment later, to know what happened up to a position.
 *
 * @throws StoreError STORE_UNAVAILABLE when it takes longer than `archiveWaitMs`.
 */
export async function archiveReaches(
  position: number,
  { archive, limits }: { readonly archive: Pick<Archive, "cursor"> } & Pick<HttpDeps, "limits">,
): Promise<void> {
  const mostMs = limits?.archiveWaitMs ?? httpLimits.archiveWaitMs;
  for (let waitedMs = 0; (await archive.cursor()) < position; waitedMs += pollMs) {
    if (waitedMs >= mostMs)
      throw new StoreError("STORE_UNAVAILABLE", `the archive has not come to position ${position}`);
    await setTimeout(pollMs);
  }
}
