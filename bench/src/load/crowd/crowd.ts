import type { LoadPlayer } from "../load-player.ts";
import { Pacer } from "../pacer.ts";
import { CrowdFigures } from "./crowd-figures.ts";
import { Duelist } from "./duelist.ts";
import { LiveMatches } from "./live-matches.ts";
import { Visitors } from "./visitors.ts";

const lookEveryMs = 100;

/** Who a crowd is. */
export interface CrowdOptions {
  readonly players: readonly LoadPlayer[];
  /** At most so many of them play duels; the others visit the queue. */
  readonly duelistsMax: number;
  readonly typing: TypingPace;
}

/** How much a crowd does. */
export interface CrowdRate {
  /** So many play duels without end. */
  readonly duelists: number;
  /** Duelists that begin in a second, until there are so many. */
  readonly duelistsPerSecond: number;
  /** `queue.enter` and `queue.leave` together, of duelists and visitors; duels beyond it are played nevertheless. */
  readonly queueOperationsPerSecond: number;
}

/** How a duelist types. */
export interface TypingPace {
  readonly messagesPerSecond: number;
  readonly keysPerMessage: number;
}

/** Players who play duels and visit queues at a given rate, and what they see while at it. */
export class Crowd {
  readonly pacer = new Pacer();
  readonly matches = new LiveMatches();
  readonly typing: TypingPace;
  figures = new CrowdFigures();
  /** Sockets that servers closed. */
  socketsLost = 0;
  isStopped = false;
  readonly #visitors: Visitors;
  readonly #duelists: readonly Duelist[];
  #operationsPerSecond = 0;
  #playing = 0;
  #owed = 0;
  #requests = 0;

  constructor({ players, duelistsMax, typing }: CrowdOptions) {
    this.typing = typing;
    this.#duelists = players.slice(0, duelistsMax).map((player) => new Duelist(this, player));
    this.#visitors = new Visitors(this, players.slice(duelistsMax));
    for (const player of players)
      player.onClose(() => {
        if (!this.isStopped) this.socketsLost += 1;
      });
    this.pacer.onTick((elapsedMs) => this.#visit(elapsedMs));
    this.#look();
  }

  /** Does as much from here on, never less than before; answers in how many ms the last duelist begins. */
  rise({ duelists, duelistsPerSecond, queueOperationsPerSecond }: CrowdRate): number {
    const more = this.#duelists.slice(this.#playing, duelists);
    this.#playing += more.length;
    this.#operationsPerSecond = queueOperationsPerSecond;
    const gapMs = 1_000 / duelistsPerSecond;
    for (const [index, duelist] of more.entries()) this.pacer.after(index * gapMs, () => duelist.enter());
    return more.length * gapMs;
  }

  /** Begins a new stretch of time; answers what was seen in the one before. */
  turnPage(): CrowdFigures {
    const { figures } = this;
    this.figures = new CrowdFigures();
    return figures;
  }

  /** An id no request of this crowd has had: one used before would be taken for a repetition. */
  nextRequestId(): string {
    this.#requests += 1;
    return `r${this.#requests}`;
  }

  /** A duelist asked for something that counts among the operations of the queue. */
  operated(): void {
    this.#owed -= 1;
  }

  stop(): void {
    this.isStopped = true;
    this.pacer.stop();
  }

  #visit(elapsedMs: number): void {
    const perTickMax = this.#operationsPerSecond / 10;
    this.#owed = Math.min(this.#owed + (elapsedMs * this.#operationsPerSecond) / 1_000, perTickMax);
    while (this.#owed >= 1 && this.#visitors.operate()) this.#owed -= 1;
  }

  #look(): void {
    this.figures.live.push(this.matches.playing);
    this.pacer.after(lookEveryMs, () => this.#look());
  }
}
