import { MatchForgeClient, RequestError, signInAsGuest, TypingSession } from "@matchforge/client";
import type { PlayerId } from "@matchforge/core";
import type { ServerMessage, ServerMessages } from "@matchforge/protocol";
import type { Draws } from "./random.ts";

/** What a player was told of one match. */
export interface ToldMatch {
  readonly results: { readonly winner: string | null; readonly reason: string }[];
  readonly payouts: string[];
}

/**
 * Somebody who plays duel after duel, never does anything wrong, comes back at once whatever happens, and remembers
 * what they were told.
 */
export class RecordedPlayer {
  readonly id: PlayerId;
  readonly told = new Map<string, ToldMatch>();
  /** Tickets the fleet said it had taken. */
  acknowledged = 0;
  /** Events that came out of their order. */
  readonly disorder: string[] = [];
  refusals = 0;
  sync: ServerMessages["session.sync"] | null = null;
  readonly #client: MatchForgeClient;
  readonly #draws: Draws;
  readonly #mode: string;
  #typing: { readonly match: string; readonly session: TypingSession; end(): void } | null = null;
  #wants = true;
  #entering = false;
  #lastEvent = 0;

  private constructor(options: { id: PlayerId; token: string; url: string; draws: Draws; mode: string }) {
    const { url, token, draws } = options;
    this.id = options.id;
    this.#draws = draws;
    this.#mode = options.mode;
    const backoff = { firstMs: 100, maxMs: 1_000 };
    this.#client = new MatchForgeClient({
      url,
      token,
      random: draws.fraction,
      backoff,
      requestTimeoutMs: 120_000,
    });
    this.#client.on("message", (message) => this.#hear(message));
    this.#client.on("status", (status) => {
      if (status !== "ready") this.#lastEvent = 0;
    });
  }

  static async signIn(options: { url: string; draws: Draws; mode: string }): Promise<RecordedPlayer> {
    const { token, player_id } = await signInAsGuest(options.url);
    const player = new RecordedPlayer({ ...options, id: player_id as PlayerId, token });
    await player.#client.connect();
    return player;
  }

  /** Plays what was begun to its end, and queues no more. */
  rest(): void {
    this.#wants = false;
    this.#client.request("queue.leave", {}).catch(() => {
      // Whoever does not wait cannot leave.
    });
  }

  /** Connects anew, and hears the whole truth again. */
  async ask(): Promise<void> {
    this.#client.close();
    this.#lastEvent = 0;
    await this.#client.connect();
  }

  get isReady(): boolean {
    return this.#client.status === "ready";
  }

  get status(): string {
    return this.#client.status;
  }

  leave(): void {
    this.#typing?.end();
    this.#client.close();
  }

  #hear(message: ServerMessage): void {
    this.#order(message);
    switch (message.type) {
      case "session.sync":
        this.sync = message.data;
        return this.#takeUp(message.data);
      case "match.found":
        return this.#accept(message.data.match_id);
      case "game.started":
        return this.#play(message.data.match_id, message.data.code_sequence ?? "", 0);
      case "game.result": {
        const { match_id, winner, end_reason } = message.data;
        this.#of(match_id).results.push({ winner, reason: end_reason });
        this.#typing?.end();
        return this.#enterSoon();
      }
      case "match.settled":
        this.#of(message.data.match_id).payouts.push(message.data.payout);
        return;
      case "match.cancelled":
        if (!message.data.requeued) this.#enterSoon();
        return;
      case "queue.ended":
        return this.#enterSoon();
    }
  }

  /** Events carry their place in the log: on one connection it never goes back. */
  #order({ id, type }: ServerMessage): void {
    const place = Number(/^event_(\d+)$/.exec(id)?.[1] ?? 0);
    if (place === 0 || type === "session.sync") return;
    if (place < this.#lastEvent) this.disorder.push(`${type} of ${place} after ${this.#lastEvent}`);
    this.#lastEvent = Math.max(this.#lastEvent, place);
  }

  /** Goes on wherever the fleet says we are. */
  #takeUp({ state, match }: ServerMessages["session.sync"]): void {
    if (match?.state === "MATCHED") this.#accept(match.match_id);
    else if (match?.state === "ACTIVE")
      this.#play(match.match_id, match.code_sequence ?? "", match.upto ?? 0);
    else if (state === "idle") this.#enterSoon();
  }

  #enterSoon(): void {
    if (!this.#wants || this.#entering) return;
    this.#entering = true;
    setTimeout(() => void this.#enter(), this.#draws.between(20, 400));
  }

  async #enter(): Promise<void> {
    try {
      await this.#client.request("queue.enter", { game_type: this.#mode, stake_tier: "bronze" });
      this.acknowledged += 1;
      this.#entering = false;
      if (!this.#wants) this.rest();
    } catch (error) {
      this.#entering = false;
      if (!(error instanceof RequestError)) throw error;
      if (error.code === "CLOSED" || error.code === "ALREADY_IN_QUEUE" || error.code === "INVALID_STATE")
        return;
      this.refusals += 1;
      setTimeout(() => this.#enterSoon(), this.#draws.between(200, 1_000));
    }
  }

  #accept(match_id: string): void {
    this.#client.request("match.ready", { match_id, response: "accept" }).catch(() => {
      // The next picture of the fleet says what is left to do.
    });
  }

  #play(match: string, text: string, from: number): void {
    if (this.#typing?.match === match) return;
    this.#typing?.end();
    const session = new TypingSession({ client: this.#client, matchId: match, from });
    let place = from;
    const timer = setInterval(
      () => {
        session.press(text[place] ?? "");
        place += 1;
        if (place >= text.length) clearInterval(timer);
      },
      this.#draws.between(60, 130),
    );
    const end = () => {
      clearInterval(timer);
      session.end();
    };
    this.#typing = { match, session, end };
  }

  #of(match: string): ToldMatch {
    const told = this.told.get(match) ?? { results: [], payouts: [] };
    this.told.set(match, told);
    return told;
  }
}
