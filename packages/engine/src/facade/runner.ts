import type { MatchForge } from "./match-forge.ts";

/** How a {@link Runner} runs. */
export interface RunnerOptions {
  /** How often time moves on, in ms. Default 1,000. */
  readonly intervalMs?: number;
  /** The time that `tick` is given, in ms; it never goes back. Default: since the runner was made. */
  readonly now?: () => number;
  /** Hears what a tick threw; the runner goes on. Default: it is thrown where nobody catches it. */
  readonly onError?: (error: unknown) => void;
}

/** How often: twice a second, once a second, every five seconds. */
export const runnerPresets = {
  fast: { intervalMs: 500 },
  standard: { intervalMs: 1_000 },
  slow: { intervalMs: 5_000 },
} as const satisfies Record<string, RunnerOptions>;

/**
 * Lets time pass in a {@link MatchForge}: the only thing in the library that runs by itself.
 *
 * @example
 * using runner = new Runner(forge, runnerPresets.fast);
 * runner.start();
 */
export class Runner implements Disposable {
  readonly #forge: MatchForge;
  readonly #options: Required<Omit<RunnerOptions, "onError">> & Pick<RunnerOptions, "onError">;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** @throws RangeError for an interval that is no time above 0. */
  constructor(forge: MatchForge, options: RunnerOptions = {}) {
    const startedAt = performance.now();
    const from = forge.nowMs();
    this.#forge = forge;
    this.#options = {
      intervalMs: runnerPresets.standard.intervalMs,
      now: () => from + Math.floor(performance.now() - startedAt),
      ...options,
    };
    const { intervalMs } = this.#options;
    if (!(intervalMs > 0) || !Number.isFinite(intervalMs)) throw new RangeError("intervalMs: a time > 0");
  }

  /**
   * Whether time passes: from `start` until `stop`.
   *
   * @example
   * if (!runner.isRunning) runner.start();
   */
  get isRunning(): boolean {
    return this.#timer !== null;
  }

  /**
   * Starts, or goes on; a runner that runs already is left alone.
   *
   * @example
   * runner.start();
   */
  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), this.#options.intervalMs);
  }

  /**
   * Stops; nothing happens any more until the next `start`.
   *
   * @example
   * runner.stop();
   */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  #tick(): void {
    try {
      this.#forge.tick(this.#options.now());
    } catch (error) {
      if (this.#options.onError === undefined) throw error;
      this.#options.onError(error);
    }
  }
}
