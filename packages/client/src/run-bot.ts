import type { ServerMessages } from "@matchforge/protocol";
import { type ClientOptions, MatchForgeClient } from "./match-forge-client.ts";
import { RequestError } from "./request-error.ts";
import { platformTimers, type Timers } from "./timers.ts";
import { TypingSession } from "./typing-session.ts";

/** What a bot is doing, for whoever watches it. */
export type BotActivity = "queued" | "found" | "playing" | "finished" | "cancelled" | "refused";

/** How a bot plays. */
export interface BotOptions extends ClientOptions {
  readonly mode: string;
  readonly tier?: string;
  readonly wpm: number;
  /** Share of keys that are slips, at once corrected. */
  readonly errorRate?: number;
  readonly signal?: AbortSignal;
  readonly onActivity?: (activity: BotActivity, detail: string) => void;
}

const restMs = [500, 3_000] as const;
const reactionMs = [300, 1_500] as const;

/**
 * Plays match after match like a person: queues, accepts, types with slips, rests. Ends when `signal` says so.
 *
 * @example
 * await runBot({ url, token, mode: "code_practice", wpm: 70, signal: AbortSignal.timeout(60_000) });
 */
export async function runBot(options: BotOptions): Promise<void> {
  const bot = new Bot(options);
  await bot.run();
}

class Bot {
  readonly #options: BotOptions;
  readonly #client: MatchForgeClient;
  readonly #timers: Timers;
  readonly #random: () => number;
  #typing: TypingSession | null = null;

  constructor(options: BotOptions) {
    this.#options = options;
    this.#timers = options.timers ?? platformTimers;
    this.#random = options.random ?? Math.random;
    this.#client = new MatchForgeClient(options);
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    const stopped = new Promise<void>((resolve) => {
      signal?.addEventListener("abort", () => resolve(), { once: true });
      this.#client.on("status", (status) => {
        if (status === "stopped") resolve();
      });
    });
    this.#listen();
    await this.#client.connect();
    this.#queueSoon();
    await stopped;
    this.#typing?.end();
    this.#client.close();
  }

  #listen(): void {
    const client = this.#client;
    client.on("match.found", ({ match_id, accept_deadline }) => {
      this.#tell("found", match_id);
      if (accept_deadline !== null) this.#later(reactionMs, () => this.#answer(match_id));
    });
    client.on("match.loading", ({ match_id, player_id }) => {
      if (player_id === undefined) this.#later(reactionMs, () => this.#load(match_id));
    });
    client.on("game.started", (started) => this.#play(started));
    client.on("game.result", ({ match_id, your_stats }) => {
      this.#typing?.end();
      this.#tell("finished", `${match_id} at ${Math.round(your_stats.wpm)} wpm`);
      this.#queueSoon();
    });
    client.on("match.cancelled", ({ match_id, requeued, cooldown_secs }) => {
      this.#tell("cancelled", match_id);
      if (!requeued) this.#later([cooldown_secs * 1_000, cooldown_secs * 1_000 + 1_000], () => this.#queue());
    });
    client.on("queue.ended", ({ reason }) => {
      if (reason === "no_opponents") this.#queueSoon();
    });
  }

  #queueSoon(): void {
    this.#later(restMs, () => this.#queue());
  }

  #queue(): void {
    const { mode, tier } = this.#options;
    const entry = { game_type: mode, ...(tier !== undefined && { stake_tier: tier }) };
    this.#attempt(
      this.#client.request("queue.enter", entry).then(() => this.#tell("queued", mode)),
      (error) => {
        if (error.code !== "ALREADY_IN_QUEUE") this.#later([2_000, 6_000], () => this.#queue());
      },
    );
  }

  #answer(match_id: string): void {
    this.#attempt(this.#client.request("match.ready", { match_id, response: "accept" }), () => {});
  }

  #load(match_id: string): void {
    this.#attempt(this.#client.request("match.loaded", { match_id }), () => {});
  }

  #attempt(request: Promise<unknown>, otherwise: (error: RequestError) => void): void {
    request.catch((error: unknown) => {
      if (!(error instanceof RequestError)) throw error;
      if (error.code === "CLOSED") return;
      this.#tell("refused", error.code);
      otherwise(error);
    });
  }

  #play({ match_id, code_sequence }: ServerMessages["game.started"]): void {
    if (code_sequence === undefined) return;
    this.#tell("playing", match_id);
    this.#typing?.end();
    const typing = new TypingSession({ client: this.#client, matchId: match_id, timers: this.#timers });
    this.#typing = typing;
    let place = 0;
    const step = () => {
      if (this.#typing !== typing || place >= code_sequence.length) return;
      const slips = this.#random() < (this.#options.errorRate ?? 0.03);
      typing.press(slips ? `~\b${code_sequence[place]}` : code_sequence[place]);
      place += 1;
      this.#timers.after(this.#keyMs(), step);
    };
    this.#timers.after(this.#between(reactionMs), step);
  }

  /** The time to the next key: a word is five of them, and nobody types evenly. */
  #keyMs(): number {
    return (60_000 / (this.#options.wpm * 5)) * (0.6 + 0.8 * this.#random());
  }

  #between([low, high]: readonly [number, number]): number {
    return low + this.#random() * (high - low);
  }

  #later(range: readonly [number, number], call: () => void): void {
    this.#timers.after(this.#between(range), () => {
      if (this.#options.signal?.aborted !== true && this.#client.status !== "stopped") call();
    });
  }

  #tell(activity: BotActivity, detail: string): void {
    this.#options.onActivity?.(activity, detail);
  }
}
