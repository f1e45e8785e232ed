import type { Player, State } from "@matchforge/core";
import { type SessionState, sessionStateOfMatch } from "@matchforge/protocol";
import type { AdminDeps } from "../admin-deps.ts";
import { wallTimeOf } from "../wall-time.ts";

/** Everybody who is connected, or has something that waits for them. */
export function* areHere({ players }: State): Generator<Player> {
  for (const player of players.values())
    if (player.epoch !== 0 || player.ticket !== null || player.match !== null) yield player;
}

/** What a player is doing, for a list. */
export function sessionView(deps: AdminDeps, player: Player) {
  const state = deps.state();
  const match = player.match === null ? undefined : state.matches.get(player.match);
  const ticket = player.ticket === null ? undefined : state.tickets.get(player.ticket);
  const since = match?.createdAt ?? ticket?.enqueuedAt;
  return {
    player_id: player.id,
    is_guest: player.guest,
    state: sessionStateOf(state, player),
    node: player.node,
    epoch: player.epoch,
    since: since === undefined ? null : wallTimeOf(deps, since),
    ticket_id: player.ticket,
    match_id: player.match,
  };
}

/** All that the shard knows of a player. */
export function playerView(deps: AdminDeps, player: Player) {
  return {
    player_id: player.id,
    is_guest: player.guest,
    state: sessionStateOf(deps.state(), player),
    node: player.node,
    epoch: player.epoch,
    party_id: player.party,
    ticket_id: player.ticket,
    match_id: player.match,
    available: player.available.toString(),
    settling: player.settling,
    records: player.records.map(({ mode, rating, deviation, games, wins }) => ({
      mode,
      rating,
      deviation,
      games,
      wins,
    })),
    offences: player.offences.map(({ mode, at, cooldownUntil }) => ({
      mode,
      at: wallTimeOf(deps, at),
      cooldown_until: wallTimeOf(deps, cooldownUntil),
    })),
  };
}

function sessionStateOf({ matches }: State, { epoch, match: id, ticket }: Player): SessionState {
  if (epoch === 0) return "disconnecting";
  const match = id === null ? undefined : matches.get(id);
  if (match !== undefined) return sessionStateOfMatch[match.phase.state];
  return ticket === null ? "idle" : "in_queue";
}
