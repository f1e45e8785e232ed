import { PassThrough } from "node:stream";
import { wireLimits } from "@matchforge/protocol";
import type { PlayerIdentity } from "../../auth/tokens.ts";
import { hasHappened } from "./await-news.ts";
import type { TicketDesk } from "./ticket-desk.ts";
import type { TicketStory } from "./ticket-story.ts";
import { type KnownVersion, readVersion } from "./ticket-version.ts";
import type { Heard, Watcher } from "./ticket-watchers.ts";

/** When a client that lost its stream is to come back. */
const retryMs = 1_000;

/**
 * A ticket as Server-Sent Events: the whole of it at first unless the client knows it, then again with every change,
 * until its story ends, the stream has lasted long enough, or its reader is too slow.
 */
export class TicketStream implements Watcher {
  readonly player: PlayerIdentity["player"];
  readonly ticket: TicketStory["ticket"];
  readonly body = new PassThrough();
  readonly #desk: TicketDesk;
  readonly #story: TicketStory;
  readonly #expiresAt: number;
  readonly #startedAt: number;
  #known: KnownVersion;
  #spokenAt: number;
  #isTelling = false;
  #isStale = false;

  constructor(
    desk: TicketDesk,
    { story, identity, known }: { story: TicketStory; identity: PlayerIdentity; known: KnownVersion },
  ) {
    this.#desk = desk;
    this.#story = story;
    this.#known = known;
    this.#expiresAt = identity.expiresAt;
    this.player = identity.player;
    this.ticket = story.ticket;
    this.#startedAt = desk.clock.now();
    this.#spokenAt = this.#startedAt;
  }

  /** Begins to tell; the function given is called once, when the stream is over for whatever reason. */
  start(over: () => void): void {
    this.body.once("close", over);
    this.body.on("error", () => this.body.destroy());
    this.#write(`retry: ${retryMs}\n\n`);
    if (hasHappened(this.#story, this.#known) || this.#haveMoved()) this.#tell();
  }

  hear(what: Heard): void {
    if (what === "displaced" || what === "draining") return void this.body.end();
    if (what === "changed") return this.#tell();
    const now = this.#desk.clock.now();
    const { ticketStreamMs } = this.#desk.limits;
    const isOver = now - this.#startedAt >= ticketStreamMs || this.#desk.wallClock() >= this.#expiresAt;
    if (isOver) return void this.body.end();
    if (this.#haveMoved()) return this.#tell();
    if (now - this.#spokenAt >= wireLimits.pingIntervalMs) this.#write(": still here\n\n");
  }

  #haveMoved(): boolean {
    const figures = this.#desk.figuresOf(this.#story);
    return figures !== null && figures !== this.#known.figures && this.#desk.position >= this.#known.at;
  }

  /** One telling at a time: what happens meanwhile is told after it. */
  #tell(): void {
    if (this.#isTelling) {
      this.#isStale = true;
      return;
    }
    this.#isTelling = true;
    this.#tellNow()
      .catch((error: unknown) => {
        this.#desk.failed(error);
        this.body.destroy();
      })
      .finally(() => {
        this.#isTelling = false;
        if (!this.#isStale) return;
        this.#isStale = false;
        this.#tell();
      });
  }

  async #tellNow(): Promise<void> {
    const view = await this.#desk.viewOf(this.#story, this.player);
    if (!this.body.writable) return;
    this.#known = readVersion(view.version);
    this.#write(`id: ${view.version}\nevent: update\ndata: ${JSON.stringify(view)}\n\n`);
    if (view.state === "ended") this.body.end();
  }

  #write(text: string): void {
    if (!this.body.writable) return;
    this.#spokenAt = this.#desk.clock.now();
    this.body.write(text);
    // What a slow reader leaves here is bounded: it can connect again and be told how things stand then.
    const { readableLength, writableLength } = this.body;
    if (readableLength + writableLength > this.#desk.limits.ticketStreamBytesMax) this.body.destroy();
  }
}
