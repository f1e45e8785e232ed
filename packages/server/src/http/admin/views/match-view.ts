import type { Match, MatchPlayer, State } from "@matchforge/core";
import type { AdminDeps } from "../admin-deps.ts";
import { wallTimeOf } from "../wall-time.ts";

/** All that is known of a live match, but for its text and anybody's passes. */
export function matchView(deps: AdminDeps, match: Match) {
  const { phase } = match;
  return {
    match_id: match.id,
    mode: match.mode,
    stake_tier: match.tier,
    pool: match.pool,
    state: phase.state,
    rules_version: match.rulesVersion,
    created_at: wallTimeOf(deps, match.createdAt),
    deadline_at: wallTimeOf(deps, phase.deadline),
    extensions: match.extensions,
    pending: phase.state === "PREPARING" ? [...(phase.pending ?? [])] : [],
    region: match.region,
    map: match.map,
    pot: match.pot.toString(),
    standing: match.standing === undefined ? null : [...match.standing],
    server: serverOf(deps.state(), match),
    players: match.players.map(playerView),
  };
}

function serverOf({ servers }: State, { allocation }: Match) {
  if (allocation === undefined) return null;
  const { attempt, isPending, server: id } = allocation;
  const server = id === null ? undefined : servers.get(id);
  return {
    attempt,
    is_pending: isPending,
    server_id: id,
    allocator: server?.allocator ?? null,
    server_addr: server?.offer.address ?? null,
    region: server?.offer.region ?? null,
  };
}

function playerView(player: MatchPlayer) {
  return {
    player_id: player.id,
    ticket_id: player.ticketId,
    team: player.team,
    role: player.role,
    rating: player.rating,
    stake: player.stake.toString(),
    is_notified: player.notified,
    is_accepted: player.accepted,
    is_loaded: player.loaded === true,
    is_away: player.absentUntil !== Number.POSITIVE_INFINITY,
    is_orphaned: player.orphaned,
    is_forfeited: player.forfeited,
    keys_typed: player.typed.keys,
    is_admitted: player.matchTicket?.isRedeemed === true,
  };
}
