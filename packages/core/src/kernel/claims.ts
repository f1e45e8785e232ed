import type { KernelEvent } from "./events.ts";
import type { Match } from "./model.ts";
import { resolveByReport } from "./resolve.ts";
import type { State } from "./state.ts";
import { voided } from "./voided.ts";

/**
 * What the players' own reports lead to at once: the result when all who play on have told the same, a void match when
 * two of them differ, nothing while somebody is to be heard.
 */
export function agreedClaims(state: State, match: Match): KernelEvent[] {
  const { playing, claims } = claimsOf(match);
  if (claims.length === 0) return [];
  if (!areAlike(claims)) return [disputed(match)];
  if (claims.length < playing.length) return [];
  return resolveByReport(state, match, { ranks: claims[0], endReason: "completed" });
}

/** The same when time is over: it is enough that every team that plays on was heard. */
export function timelyClaims(state: State, match: Match): KernelEvent[] {
  const { playing, claims } = claimsOf(match);
  const teams = new Set(playing.map(({ team }) => team));
  const heard = new Set(playing.filter(({ claim }) => claim !== undefined).map(({ team }) => team));
  if (claims.length === 0 || heard.size < teams.size)
    return [voided(match, "no result was reported in time")];
  return resolveByReport(state, match, { ranks: claims[0], endReason: "completed" });
}

function claimsOf({ players }: Match) {
  const playing = players.filter(({ forfeited }) => !forfeited);
  return { playing, claims: playing.flatMap(({ claim }) => (claim === undefined ? [] : [claim])) };
}

function areAlike(claims: readonly (readonly number[])[]): boolean {
  const [first, ...others] = claims;
  return others.every((claim) => claim.every((rank, team) => rank === first[team]));
}

function disputed(match: Match): KernelEvent {
  return voided(match, "its players report different results");
}
