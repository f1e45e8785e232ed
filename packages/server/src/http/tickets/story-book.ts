import type { MatchId, PlayerId, RequestOrigin, TicketId } from "@matchforge/core";
import type { TicketEnd, TicketStory } from "./ticket-story.ts";

/**
 * The stories a node remembers: those of live tickets until they end, those of ended ones for a while and only so
 * many, the longest ended forgotten first.
 */
export class StoryBook {
  readonly #live = new Map<TicketId, TicketStory>();
  readonly #ended = new Map<TicketId, TicketStory>();
  readonly #byKey = new Map<string, TicketStory>();
  readonly #byMatch = new Map<MatchId, Set<TicketStory>>();
  readonly #limits: { readonly endedMax: number; readonly endedForMs: number };

  constructor(limits: { readonly endedMax: number; readonly endedForMs: number }) {
    this.#limits = limits;
  }

  find(ticket: TicketId): TicketStory | undefined {
    return this.#live.get(ticket) ?? this.#ended.get(ticket);
  }

  /** The ticket that a player's request made. */
  madeBy(player: PlayerId, key: string): TicketStory | undefined {
    return this.#byKey.get(`${player} ${key}`);
  }

  /** Those that a match was made of. */
  ofMatch(match: MatchId): readonly TicketStory[] {
    return [...(this.#byMatch.get(match) ?? [])];
  }

  open(begin: {
    readonly ticket: TicketId;
    readonly players: readonly PlayerId[];
    readonly origin: RequestOrigin | null;
    readonly at: number;
  }): TicketStory {
    const story: TicketStory = { ...begin, match: null, matchedAt: 0, end: null, endedAt: 0 };
    this.#live.set(story.ticket, story);
    if (story.origin !== null) this.#byKey.set(keyOf(story, story.origin), story);
    return story;
  }

  enter(story: TicketStory, match: MatchId, at: number): void {
    story.match = match;
    story.matchedAt = at;
    const stories = this.#byMatch.get(match) ?? new Set();
    this.#byMatch.set(match, stories.add(story));
  }

  /** The ticket waits again. */
  leave(story: TicketStory): void {
    if (story.match !== null) this.#byMatch.get(story.match)?.delete(story);
    story.match = null;
  }

  end(story: TicketStory, end: TicketEnd, now: number): void {
    story.end = end;
    story.endedAt = now;
    this.#live.delete(story.ticket);
    this.#ended.delete(story.ticket);
    this.#ended.set(story.ticket, story);
  }

  /** Nothing more will be heard of a match. */
  closeMatch(match: MatchId): void {
    this.#byMatch.delete(match);
  }

  /** Forgets what ended too long ago. */
  prune(now: number): void {
    for (const story of this.#ended.values()) {
      const isOld = now - story.endedAt >= this.#limits.endedForMs;
      if (!isOld && this.#ended.size <= this.#limits.endedMax) return;
      this.#ended.delete(story.ticket);
      if (story.origin === null) continue;
      const key = keyOf(story, story.origin);
      if (this.#byKey.get(key) === story) this.#byKey.delete(key);
    }
  }
}

function keyOf({ players: [player] }: TicketStory, { key }: RequestOrigin): string {
  return `${player} ${key}`;
}
