import type { KernelEvent, PlayerId, Ticket } from "@matchforge/core";
import { wireLimits } from "@matchforge/protocol";
import type { GatewayDeps } from "./ports.ts";
import type { Session } from "./session.ts";
import { queueUpdateOf, queueUpdateText } from "./views/queue-update.ts";

/** The waiting players are told in this many parts, one after the other, so that no turn is long. */
const parts = 10;

/** Tells waiting players how their tickets stand: on a change at most once a second, and every ten seconds. */
export class QueueUpdates {
  readonly #deps: GatewayDeps;
  readonly #sessions: ReadonlyMap<PlayerId, Session>;
  readonly #waiting = new Set<PlayerId>();
  #cancel: () => void = () => {};
  #rest: PlayerId[] = [];
  #partSize = 0;

  constructor(options: { readonly deps: GatewayDeps; readonly sessions: ReadonlyMap<PlayerId, Session> }) {
    this.#deps = options.deps;
    this.#sessions = options.sessions;
  }

  start(): void {
    this.#cancel = this.#deps.clock.after(wireLimits.queueUpdateMinIntervalMs / parts, () => {
      this.#tellPart();
      this.start();
    });
  }

  stop(): void {
    this.#cancel();
  }

  /** Notices who begins to wait; who waits no longer is found out in passing. */
  notice(event: KernelEvent): void {
    if (event.type === "ticket.queued") for (const player of event.players) this.#waiting.add(player);
    else if (event.type === "player.connected") this.#waiting.add(event.player);
    else if (event.type === "match.cancelled") {
      for (const fate of event.fates)
        if (fate.ended === null) for (const player of fate.players) this.#waiting.add(player);
    }
  }

  #tellPart(): void {
    if (this.#rest.length === 0) {
      this.#rest = [...this.#waiting];
      this.#partSize = Math.ceil(this.#rest.length / parts);
    }
    for (const player of this.#rest.splice(0, this.#partSize)) {
      const session = this.#sessions.get(player);
      const ticket = this.#ticketOf(player);
      if (session === undefined || ticket === undefined) this.#waiting.delete(player);
      else this.#tell(session, ticket);
    }
  }

  #ticketOf(player: PlayerId): Ticket | undefined {
    const { state } = this.#deps.node;
    const id = state.players.get(player)?.ticket;
    return id ? state.tickets.get(id) : undefined;
  }

  #tell(session: Session, ticket: Ticket): void {
    const now = this.#deps.clock.now();
    const sinceMs = now - session.queueUpdate.sentAt;
    if (sinceMs < wireLimits.queueUpdateMinIntervalMs) return;
    const update = queueUpdateOf(this.#deps.node.state, ticket, this.#deps.node.shardTime());
    const text = queueUpdateText(ticket, update);
    if (text === session.queueUpdate.text && sinceMs < wireLimits.queueUpdateMaxIntervalMs) return;
    session.queueUpdate = { text, sentAt: now };
    session.connection.sendFrame("queue.update", update);
  }
}
