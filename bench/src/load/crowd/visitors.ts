import { Fifo } from "../fifo.ts";
import type { LoadPlayer } from "../load-player.ts";
import type { Crowd } from "./crowd.ts";

const stayMs = 3_000;
/** Nobody on the ladder is so good: a visitor waits until it leaves. */
const opponentMin = 3_000;

/** Players who enter a queue, wait a while and leave again, one operation at a time. */
export class Visitors {
  readonly #idle: Fifo<Visitor>;
  /** Those who wait, the longest first. */
  readonly #waiting = new Fifo<Visitor>();

  constructor(crowd: Crowd, players: readonly LoadPlayer[]) {
    const settled = (visitor: Visitor) =>
      (visitor.waitsSince === null ? this.#idle : this.#waiting).push(visitor);
    this.#idle = new Fifo(players.map((player) => new Visitor({ crowd, player, settled })));
  }

  /** One operation, of whoever may do one; false when nobody may. */
  operate(): boolean {
    const longest = this.#waiting.first;
    if (longest !== undefined && performance.now() - (longest.waitsSince ?? 0) >= stayMs) {
      this.#waiting.shift();
      longest.leave();
      return true;
    }
    const visitor = this.#idle.shift();
    visitor?.enter();
    return visitor !== undefined;
  }
}

/** One of them. */
class Visitor {
  /** When it was told that it waits; null while it does not. */
  waitsSince: number | null = null;
  readonly #crowd: Crowd;
  readonly #player: LoadPlayer;
  readonly #settled: (visitor: Visitor) => void;
  #request = "";
  #askedAt = 0;

  constructor(options: {
    readonly crowd: Crowd;
    readonly player: LoadPlayer;
    /** The operation has been answered. */
    readonly settled: (visitor: Visitor) => void;
  }) {
    this.#crowd = options.crowd;
    this.#player = options.player;
    this.#settled = options.settled;
    this.#player.onMessage(({ type, bytes, start, end }) => {
      if (type !== "queue.update" && type !== "ok" && type !== "error") return;
      const { id, data } = JSON.parse(bytes.toString("utf8", start, end)) as Reply;
      if (id === this.#request) this.#answered(type, data.code);
    });
  }

  enter(): void {
    this.#ask("queue.enter", { game_type: "ladder", preferences: { min_opponent_rating: opponentMin } });
  }

  leave(): void {
    this.#ask("queue.leave", {});
  }

  #ask(type: string, data: object): void {
    this.#request = this.#crowd.nextRequestId();
    this.#askedAt = performance.now();
    this.#player.send(JSON.stringify({ type, id: this.#request, ts: 0, data }));
  }

  #answered(type: string, code: string | undefined): void {
    const { figures } = this.#crowd;
    const now = performance.now();
    this.#request = "";
    if (type === "error") figures.refused(code ?? type);
    else if (type === "ok") {
      figures.left += 1;
      figures.leaveMs.push(now - this.#askedAt);
    } else {
      figures.entered += 1;
      figures.enqueueMs.push(now - this.#askedAt);
    }
    this.waitsSince = type === "queue.update" ? now : null;
    this.#settled(this);
  }
}

interface Reply {
  readonly id: string;
  readonly data: { readonly code?: string };
}
