import type { KernelEvent } from "@matchforge/core";

/** Counts situations that a long simulation must have met: one at 0 means that it tests too little. */
export class Markers {
  readonly counts: Record<string, number> = {};

  notice(event: KernelEvent): void {
    const marker = markerOf(event);
    if (marker !== undefined) this.counts[marker] = (this.counts[marker] ?? 0) + 1;
  }
}

function markerOf(event: KernelEvent): string | undefined {
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
    case "party.joined":
      return "party joined";
    case "party.left":
      return `party ${event.reason}`;
    case "party.disbanded":
      return "party disbanded";
    case "ticket.queued":
      return event.party === null ? undefined : "party queued";
    case "match.created":
      return event.players.length === 4 ? "squads met" : undefined;
    case "round.joined":
    case "round.left":
    case "round.extended":
      return event.type.replace(".", " ");
    case "match.dispatched":
      return "dispatched";
    case "node.orphaned":
      return event.players.length === 0 ? undefined : "players orphaned";
    case "node.led":
      return "leader changed";
    case "epoch.revealed":
      return "epoch revealed";
    case "player.evicted":
      return "player evicted";
    default:
      return undefined;
  }
}
