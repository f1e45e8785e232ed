import type { PlayerId, TicketId } from "@matchforge/core";
import type { Clock } from "matchforge";
import type { HttpLimits } from "../limits.ts";

/**
 * What a watcher hears: something happened to the ticket; it is time to look at what moves by itself; a newer request
 * of the player's has its place; the node is about to stop.
 */
export type Heard = "changed" | "tick" | "displaced" | "draining";

/** Somebody who waits for news of a ticket. */
export interface Watcher {
  readonly ticket: TicketId;
  readonly player: PlayerId;
  hear(what: Heard): void;
}

/** How often a watcher is told that the node is about to stop, if it is. */
const lookEveryMs = 100;

/** Everybody who waits for news here, so many for each player and in all. */
export class TicketWatchers {
  readonly #clock: Clock;
  readonly #isDraining: () => boolean;
  readonly #failed: (error: unknown) => void;
  readonly #limits: Pick<
    HttpLimits,
    "ticketWatchersMax" | "ticketWatchersPerPlayer" | "ticketFiguresEveryMs"
  >;
  readonly #byTicket = new Map<TicketId, Set<Watcher>>();
  readonly #byPlayer = new Map<PlayerId, Set<Watcher>>();
  #count = 0;
  #tickedAt = 0;
  #cancelLook: (() => void) | null = null;

  constructor(options: {
    readonly clock: Clock;
    readonly isDraining: () => boolean;
    /** Told of a watcher that failed at what it heard: it is the fault of no other. */
    readonly failed: (error: unknown) => void;
    readonly limits: Pick<
      HttpLimits,
      "ticketWatchersMax" | "ticketWatchersPerPlayer" | "ticketFiguresEveryMs"
    >;
  }) {
    this.#clock = options.clock;
    this.#isDraining = options.isDraining;
    this.#failed = options.failed;
    this.#limits = options.limits;
  }

  get size(): number {
    return this.#count;
  }

  /** Takes a watcher on, in the place of the player's oldest if there are too many; false when the node is full. */
  add(watcher: Watcher): boolean {
    const own = this.#byPlayer.get(watcher.player) ?? new Set();
    const [oldest] = own;
    if (oldest !== undefined && own.size >= this.#limits.ticketWatchersPerPlayer) {
      this.remove(oldest);
      this.#tell(oldest, "displaced");
    }
    if (this.#count >= this.#limits.ticketWatchersMax) return false;
    const ofTicket = this.#byTicket.get(watcher.ticket) ?? new Set();
    this.#byTicket.set(watcher.ticket, ofTicket.add(watcher));
    this.#byPlayer.set(watcher.player, own.add(watcher));
    this.#count += 1;
    this.#look();
    return true;
  }

  remove(watcher: Watcher): void {
    const ofTicket = this.#byTicket.get(watcher.ticket);
    if (ofTicket?.delete(watcher) !== true) return;
    const own = this.#byPlayer.get(watcher.player);
    own?.delete(watcher);
    if (ofTicket.size === 0) this.#byTicket.delete(watcher.ticket);
    if (own?.size === 0) this.#byPlayer.delete(watcher.player);
    this.#count -= 1;
  }

  /** Something happened to a ticket. */
  changed(ticket: TicketId): void {
    for (const watcher of [...(this.#byTicket.get(ticket) ?? [])]) this.#tell(watcher, "changed");
  }

  /** Sends everybody away. */
  stop(): void {
    this.#cancelLook?.();
    this.#cancelLook = null;
    this.#tellAll("draining");
  }

  #look(): void {
    this.#cancelLook ??= this.#clock.after(lookEveryMs, () => {
      this.#cancelLook = null;
      if (this.#isDraining()) return this.#tellAll("draining");
      const now = this.#clock.now();
      if (now - this.#tickedAt >= this.#limits.ticketFiguresEveryMs) {
        this.#tickedAt = now;
        this.#tellAll("tick");
      }
      if (this.#count > 0) this.#look();
    });
  }

  #tellAll(what: Heard): void {
    for (const watchers of [...this.#byTicket.values()])
      for (const watcher of [...watchers]) this.#tell(watcher, what);
  }

  #tell(watcher: Watcher, what: Heard): void {
    try {
      watcher.hear(what);
    } catch (error) {
      this.#failed(error);
    }
  }
}
