import type { LoadPlayer } from "../load-player.ts";
import { Pacer } from "../pacer.ts";
import { CrowdFigures } from "./crowd-figures.ts";
import { Duelist } from "./duelist.ts";
import { LiveMatches } from "./live-matches.ts";
import { Visitors } from "./visitors.ts";

const lookEveryMs = 100;

/** What a crowd does. */
export interface CrowdOptions {
  readonly players: readonly LoadPlayer[];
  /** So many of them play duels without end; the others visit the queue. */
  readonly duelists: number;
  /** Duelists that begin in a second. */
  readonly duelistsPerSecond: number;
  /** `queue.enter` and `queue.leave` together, of duelists and visitors; duels beyond it are played nevertheless. */
  readonly queueOperationsPerSecond: number;
  readonly typing: TypingPace;
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
  isStopped = false;
  readonly #visitors: Visitors;
  readonly #duelists: readonly Duelist[];
  readonly #operationsPerSecond: number;
  #owed = 0;
  #requests = 0;

  constructor(options: CrowdOptions) {
    const { players, duelists, duelistsPerSecond, queueOperationsPerSecond, typing } = options;
    this.typing = typing;
    this.#operationsPerSecond = queueOperationsPerSecond;
    this.#duelists = players.slice(0, duelists).map((player) => new Duelist(this, player));
    this.#visitors = new Visitors(this, players.slice(duelists));
    for (const [index, duelist] of this.#duelists.entries())
      this.pacer.after((index * 1_000) / duelistsPerSecond, () => duelist.enter());
    this.pacer.onTick((elapsedMs) => this.#visit(elapsedMs));
    this.#look();
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
