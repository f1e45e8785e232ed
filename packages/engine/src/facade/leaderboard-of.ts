import { compareIds, conservativeEstimate, type State } from "@matchforge/core";
import type { Ranked } from "./match-forge.ts";

/** The best-rated players of a mode in a state: the most certainly best first, equal ones by id. */
export function leaderboardOf(
  state: State,
  { mode, limit }: { readonly mode: string; readonly limit: number },
): Ranked[] {
  const ranked: Ranked[] = [];
  for (const { id, records } of state.players.values()) {
    const record = records.find((one) => one.mode === mode);
    if (record !== undefined) ranked.push({ player: id, record });
  }
  const estimateOf = ({ record }: Ranked) => conservativeEstimate(record);
  ranked.sort((left, right) => estimateOf(right) - estimateOf(left) || compareIds(left.player, right.player));
  return ranked.slice(0, limit);
}
