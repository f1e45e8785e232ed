import { unallocated } from "../decide/allocate.ts";
import { cancelMatch } from "../decide/cancel.ts";
import type { KernelEvent } from "../events.ts";
import type { Match, Phase } from "../model.ts";
import type { State } from "../state.ts";

/** The first item of the checklist that is late decides why the match is off, and who is to blame. */
export function expirePreparing(
  state: State,
  match: Match,
  { due }: Phase & { readonly state: "PREPARING" },
): KernelEvent[] {
  const isLate = (at: number | undefined) => at !== undefined && at <= state.time;
  if (isLate(due?.loading)) {
    const missing = match.players.filter(({ loaded }) => !loaded).map(({ id }) => id);
    return [cancelMatch(state, match, { reason: "loading_timeout", offenders: missing })];
  }
  if (isLate(due?.server)) return unallocated(state, match, { reason: "timeout", isUnsure: true });
  return [cancelMatch(state, match, { reason: "escrow_failed", offenders: [] })];
}
