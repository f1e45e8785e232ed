import {
  currentMode,
  type Explanation,
  explain,
  holdLimit,
  type PlayerId,
  type State,
} from "@matchforge/core";
import { waitingIn } from "./waiting-in.ts";

/** Why a player's ticket waits in a pool; undefined when it does not wait there. */
export function explainWait(
  state: State,
  { player, mode, tier }: { readonly player: PlayerId; readonly mode: string; readonly tier?: string },
): Explanation | undefined {
  const place = waitingIn(state, { player, mode, ...(tier !== undefined && { tier }) });
  const search = currentMode(state, mode)?.search;
  if (place === undefined || search === undefined || place.ticket.state !== "waiting") return undefined;
  const { standing, pool } = place;
  const at = state.time;
  const limit = holdLimit({ search, traffic: pool.traffic, at });
  return explain({ index: pool.index, search, at, standing, limit });
}
