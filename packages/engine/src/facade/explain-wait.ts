import {
  currentMode,
  type Explanation,
  explain,
  holdLimit,
  type PlayerId,
  poolKeyOf,
  type State,
} from "@matchforge/core";

/** Why a player's ticket waits in a pool; undefined when it does not wait there. */
export function explainWait(
  state: State,
  { player, mode, tier }: { readonly player: PlayerId; readonly mode: string; readonly tier?: string },
): Explanation | undefined {
  const key = poolKeyOf(mode, tier ?? null);
  const pool = state.pools.get(key);
  const search = currentMode(state, mode)?.search;
  const ticket = state.tickets.get(state.players.get(player)?.ticket ?? "ticket_");
  const standing = ticket?.standings.find((one) => one.pool === key);
  if (pool === undefined || search === undefined || standing === undefined || ticket?.state !== "waiting") {
    return undefined;
  }
  const at = state.time;
  const limit = holdLimit({ search, traffic: pool.traffic, at });
  return explain({ index: pool.index, search, at, standing, limit });
}
