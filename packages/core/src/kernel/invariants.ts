import { checkCrews } from "./audit/crews.ts";
import { checkDerived } from "./audit/derived.ts";
import { checkMatches } from "./audit/matches.ts";
import { checkMoney } from "./audit/money.ts";
import { checkParties } from "./audit/parties.ts";
import { checkPlayers } from "./audit/players.ts";
import { checkServers } from "./audit/servers.ts";
import { checkTerritories } from "./audit/territories.ts";
import { checkTickets } from "./audit/tickets.ts";
import type { State } from "./state.ts";

/**
 * Checks the state against the kernel's invariants and returns a sentence for each that is broken, with the
 * invariant's number first: 1 players are in one place, 2 tickets end once, 3 nothing waits without a
 * deadline, 4 matches came by allowed moves, 5 the books balance, 7 both sides' rules held, 9 what is
 * derived from the rest agrees with it. Costs a pass over the whole state: the simulator calls it after
 * every entry, production with `--audit`.
 *
 * @example
 * const broken = brokenInvariants(state);
 */
export function brokenInvariants(state: State): string[] {
  const broken: string[] = [];
  checkPlayers(state, broken);
  checkParties(state, broken);
  checkCrews(state, broken);
  checkTerritories(state, broken);
  checkTickets(state, broken);
  checkMatches(state, broken);
  checkServers(state, broken);
  checkMoney(state, broken);
  checkDerived(state, broken);
  return broken;
}
