import { cancelMatch } from "./decide/cancel.ts";
import type { KernelEvent } from "./events.ts";
import type { Contest, Match, Ticket } from "./model.ts";
import type { State } from "./state.ts";
import { ownerOf, territoryKeyOf } from "./territories.ts";

/**
 * What it means for a territory that a side of a match has won: its crew owns it from here on. Whoever still waited for
 * it, or was matched for it and has not begun, has nothing left to fight for. What two crews fought over when it
 * was nobody's stays with whoever was faster.
 */
export function takenBy(state: State, match: Match, team: number): KernelEvent[] {
  const { contest, mode } = match;
  if (contest === null) return [];
  const { territory, isSiege } = contest;
  const crew = contest.crews[team];
  const from = ownerOf(state, mode, territory);
  if (from === crew || (from !== null && !isSiege)) return [];
  return [
    { type: "territory.taken", match: match.id, mode, territory, crew, from },
    ...waitingFor(state, mode, contest).map(
      ({ id, playerIds }): KernelEvent => ({
        type: "ticket.ended",
        ticket: id,
        players: playerIds,
        reason: "territory_taken",
      }),
    ),
    ...aboutToFight(state, match, contest).map((other) =>
      cancelMatch(state, other, { reason: "territory_taken", offenders: [] }),
    ),
  ];
}

/** Tickets that wait for a territory, each once, in the order of their pools and ages. */
function waitingFor(state: State, mode: string, { territory }: Contest): Ticket[] {
  const found = new Set<Ticket>();
  for (const pool of state.pools.values()) {
    if (pool.mode !== mode || pool.territory !== territory) continue;
    for (const { ticketId } of pool.index.byAge.chunks.flat())
      found.add(state.tickets.get(ticketId) as Ticket);
  }
  return [...found];
}

function aboutToFight(state: State, { id, mode }: Match, { territory }: Contest): Match[] {
  const contests = state.territories.get(territoryKeyOf(mode, territory))?.contests ?? [];
  return contests
    .filter((other) => other !== id)
    .map((other) => state.matches.get(other) as Match)
    .filter(({ phase }) => phase.state !== "ACTIVE");
}
