import type { KernelEvent } from "@matchforge/core";

/** The name of an ordinary situation that an event shows; undefined: none that is counted. */
export function situationOf(event: KernelEvent): string | undefined {
  switch (event.type) {
    case "refused":
      return `refused ${event.code}`;
    case "match.cancelled":
      return `cancelled ${event.reason}`;
    case "match.voided":
      return "voided";
    case "match.resolved":
      return event.result.winners.length === 0 ? "resolved tie" : `resolved ${event.result.endReason}`;
    case "ticket.ended":
      return `ticket ended ${event.reason}`;
    case "player.connected":
      return event.backIn === null ? undefined : "back in a match";
    case "party.left":
      return `party ${event.reason}`;
    case "siege.left":
      return `siege ${event.reason}`;
    case "ticket.queued":
      if (event.crew !== undefined) return "crew queued";
      return event.party === null ? undefined : "party queued";
    case "match.created":
      return event.contest === null ? `met in ${event.mode}` : event.contest.isSiege ? "siege" : "crews met";
    case "match.allocated":
      return event.isLent ? "server lent" : "server chosen";
    case "server.lost":
      return `server lost ${event.reason}`;
    case "node.orphaned":
      return event.players.length === 0 ? undefined : "players orphaned";
    default:
      return named[event.type];
  }
}

const named: Readonly<Partial<Record<KernelEvent["type"], string>>> = {
  "party.joined": "party joined",
  "party.disbanded": "party disbanded",
  "crew.joined": "crew joined",
  "crew.disbanded": "crew disbanded",
  "territory.taken": "territory taken",
  "territory.freed": "territory freed",
  "siege.joined": "siege joined",
  "round.joined": "round joined",
  "round.left": "round left",
  "round.extended": "round extended",
  "match.dispatched": "dispatched",
  "match.server_lost": "server replaced",
  "match.redeemed": "let in",
  "match.stood": "standing told",
  "match.claimed": "result claimed",
  "node.led": "leader changed",
  "kernel.level": "level raised",
  "epoch.revealed": "epoch revealed",
  "player.evicted": "player evicted",
};
