import { type GameServer, kernelLimits, type Match } from "@matchforge/core";
import { httpLimits } from "../limits.ts";

/** A server as it stands registered. */
export function standingOf({ id, epoch, draining, matches, offer }: GameServer) {
  return {
    server_id: id,
    epoch,
    draining,
    matches: matches.length,
    capacity: offer.capacity,
    heartbeat_every_ms: httpLimits.serverHeartbeatEveryMs,
    lost_after_ms: kernelLimits.serverLostAfterMs,
  };
}

/** Whether a server is there because the settings list it, and not because it says so. */
export function isListed({ allocator }: GameServer): boolean {
  return allocator === "static";
}

/** A match as its server needs to know it. */
export function rosterOf({ id, mode, phase, region, map, players, custom }: Match) {
  return {
    match_id: id,
    mode,
    state: phase.state,
    region,
    map,
    players: players.map(({ id: player_id, team, role }) => ({ player_id, team, role })),
    custom: custom.map(({ ticket: ticket_id, custom: text }) => ({ ticket_id, custom: text })),
  };
}
