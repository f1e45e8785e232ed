import { type BotActivity, type BotOptions, runBot, signInAsGuest } from "@matchforge/client";
import { type ErrorCode, errorCatalogue, isErrorCode, type ProblemDetails } from "@matchforge/protocol";

/** What a crowd is doing, and what it has done so far. */
export interface CrowdCounts {
  readonly bots: number;
  readonly queued: number;
  readonly playing: number;
  /** Games the bots have played to a result; each counts for both its bots. */
  readonly finished: number;
  readonly cancelled: number;
  readonly errors: number;
}

/** Where and how a crowd plays; each bot's speed is drawn from `wpm`. */
export interface CrowdOptions extends Pick<BotOptions, "mode" | "tier"> {
  readonly url: string;
  readonly wpm: readonly [number, number];
}

/** Refusals that no bot gets past by asking again. */
const hopeless: readonly ErrorCode[] = ["QUEUE_NOT_FOUND", "MODE_NOT_AVAILABLE", "GUESTS_DISABLED"];
const longestPauseMs = 60_000;

/**
 * Bots that play each other until told to stop.
 *
 * @example
 * const crowd = new BotCrowd({ url, mode: "code_practice", wpm: [40, 110] });
 * setTimeout(() => crowd.stop(), 60_000);
 * await crowd.play(10);
 */
export class BotCrowd {
  /** What went wrong last, for people; null while all is well. */
  lastError: string | null = null;
  readonly #options: CrowdOptions;
  readonly #stopping = new AbortController();
  readonly #doing = { queued: new Set<number>(), playing: new Set<number>() };
  readonly #done = { bots: 0, finished: 0, cancelled: 0, errors: 0 };

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  get counts(): CrowdCounts {
    return { ...this.#done, queued: this.#doing.queued.size, playing: this.#doing.playing.size };
  }

  /** Signs in `count` guests one after the other and lets them play; resolves when all have ended. */
  async play(count: number): Promise<void> {
    const runs: Promise<void>[] = [];
    for (let bot = 0; bot < count && !this.#stopping.signal.aborted; bot += 1) {
      const token = await this.#signIn();
      if (token === null) break;
      this.#done.bots += 1;
      runs.push(this.#run(bot, token));
    }
    await Promise.all(runs);
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** A guest's token; null when stopped before there was one. A server that asks for patience gets it. */
  async #signIn(): Promise<string | null> {
    while (!this.#stopping.signal.aborted) {
      try {
        return (await signInAsGuest(this.#options.url)).token;
      } catch (error) {
        const { code, retry_after_ms: pauseMs } = problemIn(error);
        this.#failed(code === undefined ? (error as Error).message : errorCatalogue[code].happened);
        if (pauseMs === undefined) {
          this.stop();
          throw error;
        }
        await this.#pause(Math.min(pauseMs, longestPauseMs));
      }
    }
    return null;
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stopping;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => resolve(), { once: true });
    return promise.finally(() => clearTimeout(timer));
  }

  async #run(bot: number, token: string): Promise<void> {
    const { wpm, ...options } = this.#options;
    const [slowest, fastest] = wpm;
    try {
      await runBot({
        ...options,
        token,
        wpm: slowest + Math.random() * (fastest - slowest),
        signal: this.#stopping.signal,
        onActivity: (activity, detail) => this.#note(bot, activity, detail),
      });
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#failed((error as Error).message);
    } finally {
      this.#moveTo(bot, null);
    }
  }

  #note(bot: number, activity: BotActivity, detail: string): void {
    if (activity === "refused") return this.#refused(detail);
    if (activity === "finished" || activity === "cancelled") this.#done[activity] += 1;
    if (activity === "queued") this.#moveTo(bot, "queued");
    else this.#moveTo(bot, activity === "found" || activity === "playing" ? "playing" : null);
  }

  #moveTo(bot: number, place: "queued" | "playing" | null): void {
    this.#doing.queued.delete(bot);
    this.#doing.playing.delete(bot);
    if (place !== null) this.#doing[place].add(bot);
  }

  #refused(code: string): void {
    this.#failed(isErrorCode(code) ? `${code}: ${errorCatalogue[code].happened}` : code);
    if (hopeless.some((known) => known === code)) this.stop();
  }

  #failed(reason: string): void {
    this.#done.errors += 1;
    this.lastError = reason;
  }
}

/** The problem document a refused sign-in carries as its cause. */
function problemIn(error: unknown): Partial<ProblemDetails> {
  const { cause } = error as { readonly cause?: Partial<ProblemDetails> | null };
  return isErrorCode(String(cause?.code)) ? { ...cause } : {};
}
