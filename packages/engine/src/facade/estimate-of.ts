import { estimateWait, type PlayerId, poolKeyOf, type State, type WaitEstimate } from "@matchforge/core";

/** How much longer a player's ticket will wait in a pool; undefined when it does not wait there, or too little is known. */
export function estimateOf(
  state: State,
  { player, mode, tier }: { readonly player: PlayerId; readonly mode: string; readonly tier?: string },
): WaitEstimate | undefined {
  const pool = state.pools.get(poolKeyOf(mode, tier ?? null));
  const ticket = state.tickets.get(state.players.get(player)?.ticket ?? "ticket_");
  const standing = ticket?.standings.find((one) => one.pool === pool?.key);
  if (pool === undefined || standing === undefined) return undefined;
  const waitedMs = state.time - standing.enqueuedAt;
  return estimateWait(pool.waits, { rating: standing.rating, waitedMs }) ?? undefined;
}
