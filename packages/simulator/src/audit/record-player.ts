import type { KernelEvent, PlayerId } from "@matchforge/core";
import type { Chronicle } from "./chronicle.ts";

/** Notes what an event says of players and their connections. */
export function recordPlayer(chronicle: Chronicle, event: KernelEvent): void {
  switch (event.type) {
    case "player.connected": {
      const player = chronicle.player(event.player);
      if (player.epoch === 0) player.backAt = chronicle.time;
      player.epoch = event.epoch;
      player.node = event.node;
      player.awaySince = 0;
      player.orphanedAt = null;
      return recordPresence(chronicle, event.player);
    }
    case "player.disconnected": {
      const player = chronicle.player(event.player);
      player.epoch = 0;
      player.awaySince = chronicle.time;
      return recordPresence(chronicle, event.player);
    }
    case "player.evicted":
      chronicle.players.delete(event.player);
      return;
    case "node.orphaned":
      for (const id of event.players) {
        const player = chronicle.player(id);
        player.epoch = 0;
        player.awaySince = chronicle.time;
        player.orphanedAt = chronicle.time;
        player.offences = player.offences.filter(({ at }) => at < event.since);
        recordPresence(chronicle, id);
      }
      for (const id of event.excused) {
        const player = chronicle.player(id);
        player.offences = player.offences.filter(({ at, node }) => node !== event.node || at < event.since);
      }
      return;
    case "match.cancelled":
      for (const { player: id, cooldownUntil: until } of event.offenders) {
        const player = chronicle.player(id);
        const offence = { mode: event.mode, at: chronicle.time, until, node: player.node };
        player.offences = [...player.offences, offence];
      }
      return;
  }
}

/** A ticket that waits is alone from when the first of its players goes until all are there. */
function recordPresence(chronicle: Chronicle, id: PlayerId): void {
  const ticket = chronicle.tickets.get(chronicle.lastTickets.get(id) ?? "ticket_");
  if (ticket?.place !== "waiting") return;
  const isComplete = ticket.queued.players.every((player) => chronicle.isPresent(player));
  ticket.aloneSince = isComplete ? null : (ticket.aloneSince ?? chronicle.time);
}
