import { type Match, type MatchPlayer, matchPlayerOf } from "@matchforge/core";
import { type ServerMessages, sessionStateOfMatch } from "@matchforge/protocol";
import type { GatewayDeps } from "../ports.ts";
import { eventId, type Session } from "../session.ts";
import { foundOf, progressOf, rivalOf } from "./match-views.ts";
import { partyOf, partyViewOf } from "./party-view.ts";
import { sessionTicketOf } from "./queue-update.ts";
import { roundViewOf } from "./round-view.ts";
import { wallTimeOf } from "./wall-time.ts";

type Sync = ServerMessages["session.sync"];
type SyncMatch = NonNullable<Sync["match"]>;

/** The player's whole truth, as this node's replica has it. */
export function sessionSyncOf(deps: GatewayDeps, session: Session, invitations: Sync["invitations"]): Sync {
  const { state } = deps.node;
  const player = state.players.get(session.player);
  const ticket = player?.ticket ? state.tickets.get(player.ticket) : undefined;
  const match = player?.match ? state.matches.get(player.match) : undefined;
  const party = partyOf(state, session.player);
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
    round: (match && roundViewOf(state, match, deps.node.shardTime())) ?? null,
    party: party === undefined ? null : partyViewOf(party, deps.node.shardTime()),
    invitations,
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
      return { ...common, state: "PREPARING", ...loadingOf(match, own), total };
    case "READY":
      return {
        ...common,
        state: "READY",
        ...commitmentOf(match),
        seconds_remaining: Math.max(0, Math.ceil((phase.startsAt - deps.node.shardTime()) / 1_000)),
        game_starts_at: wallTimeOf(deps, phase.startsAt),
      };
    case "ACTIVE":
      return { ...common, state: "ACTIVE", ...activeOf(deps, match, own) };
    // A round that still registers is no match to be in, and from RESOLVED on players are free.
    case "FORMING":
    case "RESOLVED":
      return null;
  }
}

/** Who has loaded; where nothing is to be loaded, everybody has. */
function loadingOf({ phase, players }: Match, own: MatchPlayer) {
  const isAsked = phase.state === "PREPARING" && phase.pending?.includes("loading") === true;
  if (!isAsked) return { loaded: players.length, has_loaded: true };
  return { loaded: players.filter(({ loaded }) => loaded).length, has_loaded: own.loaded === true };
}

function activeOf(deps: GatewayDeps, match: Match, own: MatchPlayer) {
  if (match.phase.state !== "ACTIVE") throw new Error(`${match.id} is not ACTIVE`);
  const { text, salt, endsAt } = match.phase;
  // What the log has, even where this node has read more: keys a client is told of it need not keep.
  const { typed } = own;
  const rival = rivalOf(match.players, own);
  return {
    ...commitmentOf(match),
    ...(text !== null && salt !== null && { code_sequence: text, code_salt: salt }),
    remaining_ms: Math.max(0, Math.round(endsAt - deps.node.shardTime())),
    upto: typed.keys,
    position: typed.position,
    opponent_progress: rival === undefined ? null : progressOf(match, rival, deps.node.shardTime()),
  };
}

/** The commitment, in games that have a text. */
export function commitmentOf(match: Match): { code_commitment?: string } {
  return match.commitment === null ? {} : { code_commitment: match.commitment };
}
