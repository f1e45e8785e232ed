import { setTimeout } from "node:timers/promises";
import type { PlayerId, TicketId } from "@matchforge/core";
import { type TicketView, wireLimits } from "@matchforge/protocol";
import type { FastifyInstance } from "fastify";
import { archiveReaches } from "../archive-reaches.ts";
import type { HttpDeps } from "../http-deps.ts";
import { type HttpLimits, httpLimits } from "../limits.ts";
import { archivedTicket } from "./archived-ticket.ts";
import { HttpPresence } from "./http-presence.ts";
import { TicketStories } from "./ticket-stories.ts";
import type { TicketStory } from "./ticket-story.ts";
import { figuresOf, ticketViewOf } from "./ticket-view.ts";
import { TicketWatchers } from "./ticket-watchers.ts";

const ticketShape = new RegExp(`^ticket_[A-Za-z0-9_-]{1,${wireLimits.idLengthMax - "ticket_".length}}$`);
/** The time in an id, as its maker's clock had it. */
const ticketTime = /^ticket_([0-9a-f]{12})/;
const lookEveryMs = 10;
/** How long a node may need to read what another one has just made. */
const readWithinMs = 1_000;

/** A player's ticket: as a story that goes on, or as the archive has it. */
export type FoundTicket =
  | { readonly story: TicketStory; readonly view: null }
  | { readonly story: null; readonly view: TicketView };

/** Everything the routes of tickets share: what is known of them, who watches them, and who is present. */
export class TicketDesk {
  readonly deps: HttpDeps;
  readonly limits: HttpLimits;
  readonly stories: TicketStories;
  readonly watchers: TicketWatchers;
  readonly presence: HttpPresence;
  readonly #forget: () => void;

  constructor(deps: HttpDeps) {
    this.deps = deps;
    this.limits = { ...httpLimits, ...deps.limits };
    const { limits } = this;
    this.watchers = new TicketWatchers({ ...deps, limits, failed: (error) => this.failed(error) });
    this.presence = new HttpPresence({ ...deps, bounds: limits });
    this.stories = new TicketStories({
      ...deps,
      limits: { endedMax: limits.endedTicketsMax, endedForMs: limits.endedTicketMs },
      changed: ({ ticket }) => this.watchers.changed(ticket),
    });
    this.#forget = deps.onApplied((entry, events) => {
      try {
        this.stories.applied(entry, events);
        this.presence.applied(events);
      } catch (error) {
        // One who cannot be told must not keep the node from what comes next.
        this.failed(error);
      }
    });
  }

  /** Opens a desk that closes with its server. */
  static open(app: FastifyInstance, deps: HttpDeps): TicketDesk {
    const desk = new TicketDesk(deps);
    app.addHook("preClose", async () => desk.#close());
    return desk;
  }

  get clock(): HttpDeps["clock"] {
    return this.deps.clock;
  }

  /** How far this node has read the log. */
  get position(): number {
    return this.deps.state().position;
  }

  wallClock(): number {
    return this.deps.wallClock();
  }

  figuresOf(story: TicketStory): string | null {
    return figuresOf(this.deps, story);
  }

  viewOf(story: TicketStory, player: PlayerId): Promise<TicketView> {
    return ticketViewOf(this.deps, story, player);
  }

  /**
   * A ticket of a player's. Who knows of something that this node has not read yet was told so by another node: then it
   * is waited for, and so is a ticket whose id says that it has only just been made.
   */
  async find(id: string, player: PlayerId, knownAt: number): Promise<FoundTicket | undefined> {
    if (!ticketShape.test(id)) return undefined;
    await this.#until(() => this.position >= knownAt, this.limits.archiveWaitMs);
    const find = () => this.stories.of(id as TicketId, player);
    if (find() === undefined) await this.#until(() => find() !== undefined, readWithinMs - this.#ageOf(id));
    const story = find();
    if (story !== undefined) return { story, view: null };
    const { archive } = this.deps;
    const { position } = this;
    const known = await archivedTicket(archive, id, player);
    // The archive follows the log a moment later; what it knows then is all there is.
    if (known === undefined) await archiveReaches(position, this.deps);
    const view = known ?? (await archivedTicket(archive, id, player));
    return view && { story: null, view };
  }

  /** Something failed that no request waits for. */
  failed(error: unknown): void {
    this.deps.onError(error, { requestId: "none", method: "none", route: "tickets" });
  }

  #ageOf(id: string): number {
    const [, hex] = ticketTime.exec(id) ?? [];
    return hex === undefined ? readWithinMs : Math.abs(this.wallClock() - Number.parseInt(hex, 16));
  }

  async #until(isSo: () => boolean, mostMs: number): Promise<void> {
    for (let waitedMs = 0; waitedMs < mostMs && !isSo(); waitedMs += lookEveryMs)
      await setTimeout(lookEveryMs);
  }

  #close(): void {
    this.#forget();
    this.watchers.stop();
    this.presence.stop();
  }
}
