import { estimateWait, type PlayerId, type State, type WaitEstimate } from "@matchforge/core";
import { waitingIn } from "./waiting-in.ts";

/** How much longer a player's ticket will wait in a pool; undefined when it does not wait there, or too little is known. */
export function estimateOf(
  state: State,
  { player, mode, tier }: { readonly player: PlayerId; readonly mode: string; readonly tier?: string },
): WaitEstimate | undefined {
  const place = waitingIn(state, { player, mode, ...(tier !== undefined && { tier }) });
  if (place === undefined) return undefined;
  const { standing, pool } = place;
  const waitedMs = state.time - standing.enqueuedAt;
  return estimateWait(pool.waits, { rating: standing.rating, waitedMs }) ?? undefined;
}
