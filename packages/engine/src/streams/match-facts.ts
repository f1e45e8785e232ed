import type { ModeRules, Rules } from "@matchforge/core";
import type { Archive, ArchivedMatch, EventRow } from "@matchforge/stores";
import { matchRecordOf } from "../archive/match-record.ts";
import { engineLimits } from "../limits.ts";
import type { Report } from "../ports.ts";
import { type ArchivedEvent, eventIn } from "./archived.ts";
import { unlessUnreadable } from "./unless-unreadable.ts";

/** What is told of a match with its later events, and does not change any more once all its players have come. */
export interface MatchFacts {
  readonly mode: string;
  readonly tier: string | null;
  readonly players: readonly { readonly player: string; readonly team: number }[];
  /** Whether its players may know each other before all have accepted. */
  readonly isRevealedAtOnce: boolean;
  /** Whether its clients load before play. */
  readonly isLoaded: boolean;
}

/** A row, its event, and the match it is about. */
export interface ReadEvent {
  readonly row: EventRow;
  readonly event: ArchivedEvent;
  /** Undefined for an event without a match, or one that needs none of it. */
  readonly facts: MatchFacts | undefined;
}

type ModeFacts = Pick<MatchFacts, "isRevealedAtOnce" | "isLoaded">;

/**
 * Reads events with the facts of their matches: remembered from their beginning, else looked up in the archive. While a
 * match gathers players nothing is remembered of it; what is looked up later is what they have become.
 */
export class MatchFactsBook {
  readonly #archive: Archive;
  readonly #report: Report;
  readonly #matches = new Map<string, MatchFacts>();
  /** By the version of the rules and the mode. */
  readonly #modes = new Map<string, ModeFacts>();

  constructor({ archive, report }: { readonly archive: Archive; readonly report: Report }) {
    this.#archive = archive;
    this.#report = report;
  }

  /** The events of rows, in their order. One that cannot be read is reported and left out. */
  async read(rows: readonly EventRow[]): Promise<ReadEvent[]> {
    const report = this.#report;
    const events = unlessUnreadable(
      rows.map((row) => ({ row })),
      { make: ({ row }) => ({ row, event: eventIn(row) }), report },
    );
    const unknown = new Set<string>();
    unlessUnreadable(events, { make: ({ event }) => this.#remember(event, unknown), report });
    await this.#lookUp([...unknown]);
    return events.map(({ row, event }) => {
      const facts = "match" in event && event.match !== null ? this.#matches.get(event.match) : undefined;
      return { row, event, facts };
    });
  }

  /** Forgets a match that has ended, and the oldest ones where there are too many. */
  forget(events: readonly ReadEvent[]): void {
    for (const { event } of events) {
      if (event.type === "match.settled" || event.type === "match.cancelled" || event.type === "match.voided")
        this.#matches.delete(event.match);
    }
    for (const id of this.#matches.keys()) {
      if (this.#matches.size <= engineLimits.streamMatchesKept) return;
      this.#matches.delete(id);
    }
  }

  /** Remembers the match of an event that needs it, or names it as unknown. */
  #remember(event: ArchivedEvent, unknown: Set<string>): void {
    if (!needsFacts(event) || this.#matches.has(event.match)) return;
    const known = event.type === "match.created" ? this.#modeOf(event.rulesVersion, event.mode) : undefined;
    if (event.type === "match.created" && known !== undefined)
      this.#matches.set(event.match, { ...known, ...created(event) });
    else unknown.add(event.match);
  }

  async #lookUp(ids: readonly string[]): Promise<void> {
    for (let next = 0; next < ids.length; next += engineLimits.archiveQueriesAtOnce) {
      const some = ids.slice(next, next + engineLimits.archiveQueriesAtOnce);
      const found = await Promise.all(some.map((id) => this.#archive.match(id)));
      for (const match of found) if (match !== undefined) this.#learn(match);
    }
  }

  #learn({ match, players, rules }: ArchivedMatch): void {
    const isNew = this.#modeOf(match.rulesVersion, match.mode) === undefined;
    if (isNew && rules !== null) this.#learnRules(match.rulesVersion, JSON.parse(rules.rules) as Rules);
    const tickets = matchRecordOf(match)?.tickets;
    const fromTickets = tickets?.flatMap((ticket) =>
      ticket.players.map(({ player }) => ({ player, team: ticket.team })),
    );
    const fromResult = players.map(({ playerId, team }) => ({ player: playerId, team }));
    this.#matches.set(match.matchId, {
      // Of rules nobody knows any more, nothing is assumed that would show a name.
      ...(this.#modeOf(match.rulesVersion, match.mode) ?? { isRevealedAtOnce: false, isLoaded: false }),
      mode: match.mode,
      tier: match.tier,
      players: byTeam(fromTickets ?? fromResult),
    });
  }

  #learnRules(version: number, { modes }: Rules): void {
    for (const mode of modes) this.#modes.set(`${version} ${mode.id}`, factsOfMode(mode));
    for (const key of this.#modes.keys()) {
      if (this.#modes.size <= engineLimits.streamModesKept) return;
      this.#modes.delete(key);
    }
  }

  #modeOf(version: number, mode: string): ModeFacts | undefined {
    return this.#modes.get(`${version} ${mode}`);
  }
}

type NeedingFacts = ArchivedEvent<(typeof needing)[number]>;

/** Events that are told with facts of their match. Of one that still gathers players there are none. */
const needing = [
  "match.created",
  "match.accepted",
  "match.preparing",
  "match.loaded",
  "match.allocating",
  "match.allocated",
  "match.ready",
  "match.started",
  "match.resolved",
  "match.settled",
  "match.cancelled",
  "match.voided",
] as const;

function needsFacts(event: ArchivedEvent): event is NeedingFacts {
  if (event.type === "match.created") return event.state !== "FORMING";
  return needing.some((type) => type === event.type);
}

function factsOfMode({ revealOpponent, requires }: ModeRules): ModeFacts {
  return {
    isRevealedAtOnce: revealOpponent === "found",
    isLoaded: (requires as readonly string[]).includes("loading"),
  };
}

function created({ mode, tier, players }: ArchivedEvent<"match.created">): Omit<MatchFacts, keyof ModeFacts> {
  return { mode, tier, players: byTeam(players.map(({ player, team }) => ({ player, team }))) };
}

/** One order for a match, however it was learned. */
export function byTeam(players: MatchFacts["players"]): MatchFacts["players"] {
  return players.toSorted(
    (one, other) =>
      one.team - other.team || (one.player < other.player ? -1 : Number(one.player > other.player)),
  );
}
