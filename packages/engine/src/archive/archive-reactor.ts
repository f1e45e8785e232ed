import type { Command, Entry, KernelEvent, State } from "@matchforge/core";
import type { Archive, ArchiveRow, EventRow } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import { engineLimits } from "../limits.ts";
import type { Clock, Report } from "../ports.ts";
import { eventRows } from "./event-rows.ts";
import { Projection } from "./projection.ts";

/**
 * Stores what happened in the archive, in the order of the log, a stretch at a time: rows, events and
 * cursor in one transaction. It may fall behind, never skip; behind too far, `congested` says so.
 */
export class ArchiveReactor {
  readonly #options: ArchiveReactorOptions;
  readonly #projection = new Projection();
  #events: EventRow[] = [];
  #rows: ArchiveRow[] = [];
  #upTo = 0;
  #cursor = 0;
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
    for (const id of state.matches.keys()) {
      const known = await this.#options.archive.match(id);
      if (known !== undefined) this.#projection.resume(known.match);
    }
  }

  /** The last position the archive has stored. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Whether so much waits to be stored that the reader of the log should pause. */
  get congested(): boolean {
    return this.#events.length > engineLimits.archiveBacklogEvents;
  }

  /** Called after every applied entry. */
  applied(entry: Entry, events: readonly KernelEvent[]): void {
    if (entry.position <= this.#cursor) return;
    this.#upTo = entry.position;
    if (events.length > 0) {
      for (const row of eventRows(entry, events)) this.#events.push(row);
      for (const row of this.#projection.rows(entry, events)) this.#rows.push(row);
    }
    if (this.#writing !== null) return;
    if (this.#events.length >= engineLimits.archiveBatchEvents) void this.flush();
    else
      this.#cancelTimer ??= this.#options.clock.after(engineLimits.archiveEveryMs, () => void this.flush());
  }

  /** Stores everything gathered so far; resolves when it is durable. */
  async flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    while (this.#writing !== null) await this.#writing;
    if (this.#upTo <= this.#cursor) return;
    this.#writing = this.#write();
    try {
      await this.#writing;
    } finally {
      this.#writing = null;
    }
    this.#reportProgress();
  }

  async #write(): Promise<void> {
    const batch = { cursor: this.#upTo, events: this.#events, rows: this.#rows };
    this.#events = [];
    this.#rows = [];
    const pauses = engineLimits.appendRetryMs;
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#options.archive.commit(batch);
        this.#cursor = batch.cursor;
        return;
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== "STORE_UNAVAILABLE") throw error;
        this.#options.report({ code: "ARCHIVE_UNAVAILABLE", detail: error.message });
        const pauseMs = pauses[Math.min(attempt, pauses.length - 1)];
        await new Promise<void>((resume) => this.#options.clock.after(pauseMs, resume));
      }
    }
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
