import type { SiegeJoined, SiegeLeft } from "../events.ts";
import type { Match, Player } from "../model.ts";
import type { State } from "../state.ts";
import { matchPlayerFrom } from "./match.ts";
import { scheduleEviction } from "./player.ts";
import { rememberAsked, rememberRequest } from "./request.ts";

/** Players stand in the order of their sides, those of one side in the order of joining. */
export function joined(state: State, event: SiegeJoined): void {
  const match = state.matches.get(event.match) as Match;
  const entrant = matchPlayerFrom({ ...event, ticket: null, role: null });
  const before = match.players.filter(({ team }) => team <= event.team);
  match.players = [...before, entrant, ...match.players.filter(({ team }) => team > event.team)];
  match.formedAt = state.time;
  const player = state.players.get(event.player) as Player;
  player.match = match.id;
  player.available -= event.stake;
  rememberRequest(state, event.player, event.origin);
}

export function left(state: State, event: SiegeLeft): void {
  const match = state.matches.get(event.match) as Match;
  match.players = match.players.filter(({ id }) => id !== event.player);
  const player = state.players.get(event.player) as Player;
  player.match = null;
  player.available += event.stake;
  if (event.stake > 0n) player.touchedAt = state.position;
  scheduleEviction(state, player);
  rememberAsked(state, event);
}
