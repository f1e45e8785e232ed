import type { KernelEvent, PlayerId } from "@matchforge/core";
import { archivedMemory } from "../../auth/archived-player.ts";
import type { PlayerIdentity } from "../../auth/tokens.ts";
import type { HttpDeps } from "../http-deps.ts";
import type { HttpLimits } from "../limits.ts";

const retryMs = 1_000;

/** A player who asks this node over HTTP. */
interface Held {
  readonly identity: PlayerIdentity;
  /** Of the `player.connected` of this node; 0 before it. */
  epoch: number;
  /** Requests that are not answered yet. */
  open: number;
  connecting: Promise<boolean> | null;
  /** When this node last took the player's presence, by its clock. */
  takenAt: number;
  cancelSilence: () => void;
  cancelTakeover: (() => void) | null;
}

type Deps = Pick<
  HttpDeps,
  "state" | "submit" | "archive" | "clock" | "nodeKey" | "isDraining" | "onError"
> & {
  readonly bounds: Pick<HttpLimits, "presenceSilentMs" | "presenceTakeoverMs">;
};

/**
 * Asking over HTTP is presence: the first request connects the player, silence disconnects them. Whoever is present
 * by a socket stays that; whoever asks through several nodes is held by the one asked last.
 */
export class HttpPresence {
  readonly #deps: Deps;
  readonly #held = new Map<PlayerId, Held>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** How many players ask here. */
  get size(): number {
    return this.#held.size;
  }

  /** A request of a player's begins: they are here until it ends, and for a while after. The function ends it, once. */
  begin(identity: PlayerIdentity): () => void {
    const held = this.#heldOf(identity);
    held.open += 1;
    held.cancelSilence();
    void this.#take(held);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      held.open -= 1;
      if (held.open === 0) this.#awaitSilence(held);
    };
  }

  /** Whether the shard knows the player to be here; false where that could not be stored. To be asked within a request. */
  present(identity: PlayerIdentity): Promise<boolean> {
    return this.#take(this.#heldOf(identity));
  }

  /** To be called after every applied entry: whoever asks and was taken for gone is here. */
  applied(events: readonly KernelEvent[]): void {
    for (const event of events) {
      const gone =
        event.type === "node.orphaned"
          ? event.players
          : event.type === "player.disconnected"
            ? [event.player]
            : [];
      for (const player of gone) {
        const held = this.#held.get(player);
        if (held !== undefined && held.open > 0) void this.#take(held);
      }
    }
  }

  /** Reports nobody any more: the node's own end does that, and blames nobody. */
  stop(): void {
    for (const held of this.#held.values()) {
      held.cancelSilence();
      held.cancelTakeover?.();
    }
    this.#held.clear();
  }

  #heldOf(identity: PlayerIdentity): Held {
    const { player } = identity;
    const known = this.#held.get(player);
    if (known !== undefined) return known;
    const held: Held = {
      identity,
      epoch: 0,
      open: 0,
      connecting: null,
      takenAt: Number.NEGATIVE_INFINITY,
      cancelSilence: () => {},
      cancelTakeover: null,
    };
    this.#held.set(player, held);
    return held;
  }

  #take(held: Held): Promise<boolean> {
    if (held.connecting !== null) return held.connecting;
    const { state, clock, bounds, isDraining } = this.#deps;
    const known = state().players.get(held.identity.player);
    const isPresent = known !== undefined && known.epoch !== 0;
    const isHere = isPresent && known.epoch === held.epoch;
    const isElsewhere = isPresent && known.via === undefined;
    if (isHere || isElsewhere || isDraining()) return Promise.resolve(isPresent);
    const waitMs = isPresent ? held.takenAt + bounds.presenceTakeoverMs - clock.now() : 0;
    if (waitMs > 0) {
      this.#takeLater(held, waitMs);
      return Promise.resolve(true);
    }
    held.connecting = this.#connect(held).finally(() => {
      held.connecting = null;
    });
    return held.connecting;
  }

  /** Another node may hold the player, but its silence would count from its own last request. */
  #takeLater(held: Held, waitMs: number): void {
    held.cancelTakeover ??= this.#deps.clock.after(waitMs, () => {
      held.cancelTakeover = null;
      void this.#take(held);
    });
  }

  async #connect(held: Held): Promise<boolean> {
    const { state, submit, archive, clock, nodeKey, onError } = this.#deps;
    const { player, guest } = held.identity;
    try {
      const memory = await archivedMemory(archive, state(), player);
      held.takenAt = clock.now();
      const command = { type: "player.connected", player, node: nodeKey, guest, ...memory } as const;
      const outcome = await submit({ ...command, via: "http" });
      // Somebody who has signed in over a socket meanwhile keeps it, and is present.
      if (!outcome.ok || outcome.events.some(({ type }) => type === "refused"))
        return (state().players.get(player)?.epoch ?? 0) !== 0;
      held.epoch = outcome.position;
      return true;
    } catch (error) {
      onError(error, { requestId: "none", method: "none", route: "presence" });
      return false;
    }
  }

  #awaitSilence(held: Held, afterMs: number = this.#deps.bounds.presenceSilentMs): void {
    held.cancelSilence();
    held.cancelSilence = this.#deps.clock.after(afterMs, () => this.#fallSilent(held));
  }

  #fallSilent(held: Held): void {
    const { state, submit, isDraining } = this.#deps;
    const { player } = held.identity;
    const { epoch, connecting } = held;
    if (held.open > 0) return;
    if (connecting !== null) return this.#awaitSilence(held, retryMs);
    const isOver = epoch === 0 || isDraining() || state().players.get(player)?.epoch !== epoch;
    if (isOver) return this.#forget(held);
    void submit({ type: "player.disconnected", player, epoch }).then((outcome) => {
      if (held.open > 0) return;
      if (!outcome.ok && outcome.code !== "DRAINING") this.#awaitSilence(held, retryMs);
      else this.#forget(held);
    });
  }

  #forget(held: Held): void {
    held.cancelSilence();
    held.cancelTakeover?.();
    const { player } = held.identity;
    if (this.#held.get(player) === held) this.#held.delete(player);
  }
}
