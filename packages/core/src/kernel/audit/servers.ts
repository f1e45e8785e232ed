import type { GameServer } from "../model.ts";
import type { State } from "../state.ts";

/** Invariants 1 and 3 of game servers: whatever one plays is a live match that has it, and whatever a match has is there. */
export function checkServers(state: State, broken: string[]): void {
  for (const server of state.servers.values()) checkServer(state, server, broken);
  for (const { id, allocation } of state.matches.values()) {
    if (allocation === undefined || allocation.server === null) continue;
    const server = state.servers.get(allocation.server);
    if (server?.matches.includes(id) !== true)
      broken.push(`1: ${id} is on ${allocation.server}, which does not play it`);
  }
}

function checkServer(state: State, server: GameServer, broken: string[]): void {
  const { id, matches, isLent, lastHeardAt, heapIndex } = server;
  if (new Set(matches).size !== matches.length) broken.push(`1: ${id} plays a match twice`);
  for (const match of matches) {
    if (state.matches.get(match)?.allocation?.server !== id)
      broken.push(`1: ${id} is kept by ${match}, which is not on it`);
  }
  if (isLent && matches.length !== 1)
    broken.push(`3: ${id} was lent, and ${matches.length} matches are on it`);
  if ((lastHeardAt !== null) !== heapIndex >= 0)
    broken.push(`3: ${id} is watched although it never says that it lives`);
}
