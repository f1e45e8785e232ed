import type { Entry, KernelEvent, PlayerId, TicketId } from "@matchforge/core";
import type { QueueEndReason } from "@matchforge/protocol";
import type { GatewayDeps } from "./ports.ts";
import type { Session } from "./session.ts";
import { queueEndMessage } from "./views/queue-end-message.ts";
import { queueUpdateOf, queueUpdateText } from "./views/queue-update.ts";

/** The end of a ticket that was not played. */
interface TicketEnd {
  readonly players: readonly PlayerId[];
  readonly reason: QueueEndReason;
  /** Whose doing it was, as far as the kernel says. */
  readonly blamed: readonly PlayerId[];
}

/** Tells this node's players when their tickets begin to wait, wait long, and end. */
export class QueuePushes {
  readonly #deps: Pick<GatewayDeps, "node" | "clock">;
  readonly #sessionOf: (player: PlayerId) => Session | undefined;

  constructor(options: {
    readonly deps: Pick<GatewayDeps, "node" | "clock">;
    readonly sessionOf: (player: PlayerId) => Session | undefined;
  }) {
    this.#deps = options.deps;
    this.#sessionOf = options.sessionOf;
  }

  /** One event of an entry that has just been applied. */
  event(entry: Entry, event: KernelEvent): void {
    switch (event.type) {
      case "ticket.queued": {
        // Whoever asked comes first, and gets the same as the reply.
        const [, ...mates] = event.players;
        return this.#tell(entry, event.ticket, mates);
      }
      case "ticket.warned":
        return this.#tell(entry, event.ticket);
      case "round.left": {
        const { players, ended: reason, by } = event;
        if (reason !== null && reason !== "played")
          this.ended(entry, { players, reason, blamed: by === undefined ? [] : [by] });
        return;
      }
      case "ticket.ended": {
        const { players, reason, by } = event;
        if (reason !== "played") this.ended(entry, { players, reason, blamed: by === undefined ? [] : [by] });
        return;
      }
    }
  }

  /** A ticket ended. Where nobody is blamed, it was the doing of who waited alone, or of some mate. */
  ended(entry: Entry, { players, reason, blamed }: TicketEnd): void {
    for (const player of players) {
      const isOwn = blamed.length === 0 ? players.length === 1 : blamed.includes(player);
      const message = queueEndMessage(reason, isOwn);
      this.#sessionOf(player)?.push("queue.ended", { reason, message }, entry.position);
    }
  }

  #tell(entry: Entry, id: TicketId, players?: readonly PlayerId[]): void {
    const { node, clock } = this.#deps;
    const ticket = node.state.tickets.get(id);
    if (ticket === undefined) return;
    for (const player of players ?? ticket.playerIds) {
      const session = this.#sessionOf(player);
      if (session === undefined) continue;
      const update = queueUpdateOf(node.state, ticket, node.shardTime());
      session.queueUpdate = { text: queueUpdateText(ticket, update), sentAt: clock.now() };
      session.push("queue.update", update, entry.position);
    }
  }
}
