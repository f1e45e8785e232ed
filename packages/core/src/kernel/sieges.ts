import type { SiegeRules } from "../rules/rules.ts";
import { modeOfMatch } from "./lookups.ts";
import type { Contest, Match, MatchPlayer } from "./model.ts";
import { shareOf } from "./stakes.ts";
import type { State } from "./state.ts";

/** A siege: who fights for what, and how they gather. */
export interface Siege {
  readonly contest: Contest;
  readonly rules: SiegeRules;
}

/** What makes a match a siege; null: it is none. */
export function siegeIn(state: State, match: Match): Siege | null {
  const { contest } = match;
  const { siege: rules } = modeOfMatch(state, match);
  return contest?.isSiege && rules !== null ? { contest, rules } : null;
}

/** The players of a match by side, each in the order of joining. */
export function sidesOf(players: readonly MatchPlayer[]): [MatchPlayer[], MatchPlayer[]] {
  return [players.filter(({ team }) => team === 0), players.filter(({ team }) => team === 1)];
}

/** What each of those who go on puts in, with the sizes of the sides known. */
export function sharesOf(
  state: State,
  match: Match,
  players: readonly MatchPlayer[],
): { readonly player: MatchPlayer["id"]; readonly amount: bigint }[] {
  const mode = modeOfMatch(state, match);
  const sizes = sidesOf(players).map(({ length }) => length);
  return players.map(({ id, team }) => ({
    player: id,
    amount: shareOf(mode, { stake: match.stake, players: sizes[team] }),
  }));
}
