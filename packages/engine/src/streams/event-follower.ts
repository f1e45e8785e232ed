import type { Archive, EventPlace, EventRow } from "@matchforge/stores";
import { engineLimits } from "../limits.ts";
import type { Clock, Report } from "../ports.ts";

/** What is done with the stored events. */
export interface EventConsumer {
  /** The place to go on behind; asked at first, and after whatever failed. */
  begin(): Promise<EventPlace>;
  /**
   * Takes the events behind that place, in order, or learns that there are none. `behind`: they are too far back, go on from
   * where `begin` says.
   */
  take(rows: readonly EventRow[]): Promise<"taken" | "behind">;
}

export interface EventFollowerOptions {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly leads: () => boolean;
  readonly report: Report;
  /** What a failure, the first of a row, and its end are reported as. */
  readonly codes: { readonly failed: string; readonly back: string };
}

/**
 * Follows the stored events while its node leads. What it has not taken yet stays in the archive, so it keeps no more
 * than one portion in memory however slow its consumer is; after a failure it begins anew, after a pause that is longer
 * with every failure.
 */
export class EventFollower {
  readonly #options: EventFollowerOptions;
  readonly #consumer: EventConsumer;
  #from: EventPlace | null = null;
  /** Counts how often the place was forgotten, so that a portion under way does not bring it back. */
  #timesForgotten = 0;
  /** How often it looks for events that may just have been stored. */
  #looks = 0;
  #failures = 0;
  #cancelTimer: (() => void) | null = null;
  #working: Promise<void> | null = null;
  #stopped = false;

  constructor(options: EventFollowerOptions, consumer: EventConsumer) {
    this.#options = options;
    this.#consumer = consumer;
  }

  /** Called after every applied entry. */
  applied(): void {
    if (this.#stopped) return;
    if (!this.#options.leads()) {
      this.#from = null;
      this.#timesForgotten += 1;
      return;
    }
    // The archive stores an entry a little later than it is applied: a second look finds what the first one could not.
    this.#looks = 2;
    // Whoever begins to lead does so at once, because some consumers are told nothing from before.
    this.#plan(this.#from === null ? 0 : engineLimits.streamEveryMs);
  }

  /** Ends it; what is under way has to be ended by its consumer. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.#working;
  }

  #plan(delayMs: number): void {
    if (this.#stopped || this.#cancelTimer !== null || this.#working !== null) return;
    this.#cancelTimer = this.#options.clock.after(delayMs, () => {
      this.#cancelTimer = null;
      this.#working = this.#turn().then((delay) => {
        this.#working = null;
        if (this.#looks > 0) this.#plan(delay);
      });
    });
  }

  /** Takes one portion, and answers how long the next one should wait. */
  async #turn(): Promise<number> {
    const { leads, report, codes } = this.#options;
    if (!leads()) {
      this.#looks = 0;
      return engineLimits.streamEveryMs;
    }
    try {
      const isMore = await this.#portion();
      if (this.#failures > 0) report({ code: codes.back, detail: "it goes on" });
      this.#failures = 0;
      return isMore ? 0 : engineLimits.streamEveryMs;
    } catch (error) {
      this.#from = null;
      const pauses = engineLimits.streamRetryMs;
      const pauseMs = pauses[Math.min(this.#failures, pauses.length - 1)];
      if (this.#failures === 0 && !this.#stopped) report({ code: codes.failed, detail: textOf(error) });
      this.#failures += 1;
      return pauseMs;
    }
  }

  /** Whether there is likely to be more at once. */
  async #portion(): Promise<boolean> {
    const { archive } = this.#options;
    const timesForgotten = this.#timesForgotten;
    const from = this.#from ?? (await this.#consumer.begin());
    const limit = engineLimits.streamPortion;
    const rows = await archive.events({ from, limit });
    if (rows.length === 0) this.#looks -= 1;
    const taken = await this.#consumer.take(rows);
    const { position, index } = rows.at(-1) ?? from;
    this.#from = taken === "taken" && timesForgotten === this.#timesForgotten ? { position, index } : null;
    return rows.length === limit;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
