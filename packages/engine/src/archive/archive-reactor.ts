import type { Command, Entry, KernelEvent, State } from "@matchforge/core";
import type { Archive } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import { engineLimits } from "../limits.ts";
import type { Clock, Report } from "../ports.ts";
import { auditLines } from "./audit-lines.ts";
import { Backlog } from "./backlog.ts";
import { eventRows } from "./event-rows.ts";
import { Projection } from "./projection.ts";

/**
 * Stores what happened in the archive, in the order of the log, a stretch at a time: rows, events and
 * cursor in one transaction. It may fall behind, never skip; behind too far, `congested` says so.
 *
 * The leader stores. The others keep what they have gathered until the log says that it is stored, so that
 * whoever leads next goes on without a hole.
 */
export class ArchiveReactor {
  readonly #options: ArchiveReactorOptions;
  readonly #projection = new Projection();
  readonly #backlog = new Backlog();
  #upTo = 0;
  #cursor = 0;
  /** Whether the cursor is the archive's own: others may have moved it since. */
  #cursorKnown = true;
  #reportedAt = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;

  constructor(options: ArchiveReactorOptions) {
    this.#options = options;
  }

  /** Finds out how far the archive is and which live matches it knows. */
  async start(state: State): Promise<void> {
    this.#cursor = await this.#options.archive.cursor();
    this.#upTo = this.#cursor;
    const live = [...state.matches.keys()];
    for (let next = 0; next < live.length; next += engineLimits.archiveQueriesAtOnce) {
      const ids = live.slice(next, next + engineLimits.archiveQueriesAtOnce);
      const found = await Promise.all(ids.map((id) => this.#options.archive.match(id)));
      for (const known of found) if (known !== undefined) this.#projection.resume(known.match);
    }
  }

  /** The last position the archive is known to have stored. */
  get cursor(): number {
    return this.#cursor;
  }

  /**
   * Whether so much waits to be stored that the reader of the log should pause. Only who stores can: others learn from the
   * log that something is stored, and that they lead.
   */
  get congested(): boolean {
    return this.#options.leads() && this.#backlog.size > engineLimits.archiveBacklogEvents;
  }

  /** Called after every applied entry. */
  applied(entry: Entry, events: readonly KernelEvent[]): void {
    this.#hearProgress(events);
    // What is stored already is still looked at: later rows of its matches build on it.
    const rows = this.#projection.rows(entry, events);
    if (entry.position <= this.#cursor) return;
    this.#upTo = entry.position;
    if (events.length > 0) {
      const audit = auditLines(entry, events);
      this.#backlog.add(entry.position, { events: eventRows(entry, events), rows, audit });
    }
    if (!this.#options.leads()) {
      this.#cursorKnown = false;
      return;
    }
    if (this.#writing !== null) return;
    if (this.#backlog.size >= engineLimits.archiveBatchEvents) void this.flush();
    else
      this.#cancelTimer ??= this.#options.clock.after(engineLimits.archiveEveryMs, () => void this.flush());
  }

  /** Resolves when everything gathered so far is stored: by this node if it leads, else by the leader. */
  async flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const upTo = this.#upTo;
    while (this.#cursor < upTo) {
      this.#writing ??= this.#advance(upTo).finally(() => {
        this.#writing = null;
      });
      await this.#writing;
    }
    this.#reportProgress();
  }

  /** What the leader has stored need not be kept. */
  #hearProgress(events: readonly KernelEvent[]): void {
    if (this.#options.leads()) return;
    for (const event of events) if (event.type === "archive.progressed") this.#stored(event.cursor);
  }

  #stored(cursor: number): void {
    if (cursor <= this.#cursor) return;
    this.#cursor = cursor;
    this.#backlog.drop(cursor);
  }

  /** Brings the cursor forward, or waits until somebody else has brought it to a position. */
  async #advance(upTo: number): Promise<void> {
    const { archive, leads, report, clock } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      try {
        if (!this.#cursorKnown) this.#stored(await archive.cursor());
        if (leads()) return await this.#write();
        if (this.#cursor >= upTo) return;
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== "STORE_UNAVAILABLE") throw error;
        report({ code: "ARCHIVE_UNAVAILABLE", detail: error.message });
      }
      const pauses = engineLimits.appendRetryMs;
      const pauseMs = pauses[Math.min(attempt, pauses.length - 1)];
      await new Promise<void>((resume) => clock.after(pauseMs, resume));
    }
  }

  async #write(): Promise<void> {
    this.#cursorKnown = true;
    if (this.#upTo <= this.#cursor) return;
    const cursor = this.#upTo;
    await this.#options.archive.commit({ cursor, ...this.#backlog.contents() });
    this.#stored(cursor);
  }

  #reportProgress(): void {
    const now = this.#options.clock.now();
    if (!this.#options.leads() || now - this.#reportedAt < engineLimits.archiveProgressEveryMs) return;
    this.#reportedAt = now;
    this.#options.submit({ type: "archive.progress", cursor: this.#cursor });
  }
}

export interface ArchiveReactorOptions {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly leads: () => boolean;
  readonly submit: (command: Command) => void;
  readonly report: Report;
}
