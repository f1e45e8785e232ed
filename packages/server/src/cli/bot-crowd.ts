import { type BotActivity, runBot, signInAsGuest } from "@matchforge/client";

/** What a crowd has done so far. */
export interface CrowdCounts {
  bots: number;
  queued: number;
  found: number;
  playing: number;
  finished: number;
  cancelled: number;
  refused: number;
  failed: number;
}

/** Where and how a crowd plays; each bot's speed is drawn from `wpm`. */
export interface CrowdOptions {
  readonly url: string;
  readonly mode: string;
  readonly tier?: string;
  readonly wpm: readonly [number, number];
}

/** Bots that play each other until told to stop. */
export class BotCrowd {
  readonly counts: CrowdCounts = {
    bots: 0,
    queued: 0,
    found: 0,
    playing: 0,
    finished: 0,
    cancelled: 0,
    refused: 0,
    failed: 0,
  };
  /** What went wrong last, for people. */
  lastFailure: string | null = null;
  readonly #options: CrowdOptions;
  readonly #stopping = new AbortController();
  readonly #runs: Promise<void>[] = [];

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  /** Signs in `count` guests and lets them play. The first failure to sign in is thrown. */
  async start(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const { token } = await signInAsGuest(this.#options.url);
      this.counts.bots += 1;
      this.#runs.push(this.#run(token));
    }
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Resolves when every bot has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#runs);
  }

  async #run(token: string): Promise<void> {
    const { url, mode, tier, wpm } = this.#options;
    try {
      await runBot({
        url,
        token,
        mode,
        ...(tier !== undefined && { tier }),
        wpm: wpm[0] + Math.random() * (wpm[1] - wpm[0]),
        signal: this.#stopping.signal,
        onActivity: (activity: BotActivity) => {
          this.counts[activity] += 1;
        },
      });
    } catch (error) {
      this.counts.failed += 1;
      this.lastFailure = (error as Error).message;
    }
  }
}
