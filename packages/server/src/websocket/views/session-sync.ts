import { type Match, type MatchPlayer, matchPlayerOf, modeOfMatch, type PlayerId } from "@matchforge/core";
import { type ServerMessages, sessionStateOfMatch } from "@matchforge/protocol";
import type { GatewayDeps } from "../ports.ts";
import { eventId, type Session } from "../session.ts";
import { foundOf, progressOf } from "./match-views.ts";
import { sessionTicketOf } from "./queue-update.ts";
import { wallTimeOf } from "./wall-time.ts";

type Sync = ServerMessages["session.sync"];
type SyncMatch = NonNullable<Sync["match"]>;

/** The player's whole truth, as this node's replica has it. */
export function sessionSyncOf(deps: GatewayDeps, session: Session): Sync {
  const { state } = deps.node;
  const player = state.players.get(session.player);
  const ticket = player?.ticket ? state.tickets.get(player.ticket) : undefined;
  const match = player?.match ? state.matches.get(player.match) : undefined;
  return {
    player_id: session.player,
    state:
      match !== undefined
        ? sessionStateOfMatch[match.phase.state]
        : ticket !== undefined
          ? "in_queue"
          : "idle",
    ticket: ticket === undefined ? null : sessionTicketOf(state, ticket, deps.node.shardTime()),
    match: match === undefined ? null : matchOf(deps, match, session),
    balance: (player?.available ?? 0n).toString(),
    last_event: state.position === 0 ? null : eventId(state.position),
  };
}

function matchOf(deps: GatewayDeps, match: Match, session: Session): SyncMatch | null {
  const { state } = deps.node;
  const own = matchPlayerOf(match, session.player);
  if (own === undefined) return null;
  const { phase } = match;
  const common = {
    match_id: match.id,
    mode: match.mode,
    ...foundOf(state, match, session.player),
    wager: match.stake.toString(),
    deadline: wallTimeOf(deps, phase.deadline),
  };
  const ready = match.players.filter((player) => player.accepted).length;
  const total = match.players.length;
  switch (phase.state) {
    case "MATCHED":
      return { ...common, state: "MATCHED", accepted: own.accepted, ready, total };
    case "PREPARING":
      return { ...common, state: "PREPARING", loaded: total, total };
    case "READY":
      return {
        ...common,
        state: "READY",
        ...commitmentOf(match),
        seconds_remaining: Math.max(0, Math.ceil((phase.startsAt - deps.node.shardTime()) / 1_000)),
        game_starts_at: wallTimeOf(deps, phase.startsAt),
      };
    case "ACTIVE":
      return { ...common, state: "ACTIVE", ...activeOf(deps, match, own, session) };
    case "RESOLVED":
      return null;
  }
}

function activeOf(deps: GatewayDeps, match: Match, own: MatchPlayer, session: Session) {
  if (match.phase.state !== "ACTIVE") throw new Error(`${match.id} is not ACTIVE`);
  const { text, salt, endsAt } = match.phase;
  const typed = session.typing?.matchId === match.id ? session.typing.typed : own.typed;
  const other = match.players.length === 2 ? match.players.find((player) => player.id !== own.id) : undefined;
  return {
    ...commitmentOf(match),
    ...(text !== null && salt !== null && { code_sequence: text, code_salt: salt }),
    remaining_ms: Math.max(0, Math.round(endsAt - deps.node.shardTime())),
    upto: typed.keys,
    position: typed.position,
    opponent_progress: other === undefined ? null : progressOf(match, other, deps.node.shardTime()),
  };
}

/** The commitment, in games that have a text. */
export function commitmentOf(match: Match): { code_commitment?: string } {
  return match.commitment === null ? {} : { code_commitment: match.commitment };
}

/** Whether the mode of a match asks its players. */
export function hasReadyCheck(deps: GatewayDeps, match: Match): boolean {
  return modeOfMatch(deps.node.state, match).readyCheckMs !== null;
}

/** The others of a match. */
export function othersOf(match: Match, player: PlayerId): PlayerId[] {
  return match.players.filter((other) => other.id !== player).map((other) => other.id);
}
