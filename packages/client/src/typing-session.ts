import type { ServerMessages } from "@matchforge/protocol";
import type { MatchForgeClient } from "./match-forge-client.ts";
import { RequestError } from "./request-error.ts";
import { platformTimers, type Timers } from "./timers.ts";

const sendEveryMs = 60;
const retryMs = 250;
const keysPerMessage = 24;
const unprintable = /[^\b -~]/g;
/** Refusals after which no key of the match will ever count. */
const endings: readonly string[] = [
  "INVALID_STATE",
  "MATCH_NOT_FOUND",
  "PLAYER_NOT_IN_MATCH",
  "GRACE_PERIOD_EXPIRED",
];

/**
 * Brings the keys of one match to the server: gathered into few messages, sent again until they are
 * acknowledged, and taken up after a reconnect where the server has them. While the connection is away they wait.
 *
 * @example
 * const typing = new TypingSession({ client, matchId: match_id });
 * input.addEventListener("keydown", ({ key }) => {
 *   if (key === "Backspace") typing.press("\b");
 *   else if (key.length === 1) typing.press(key);
 * });
 */
export class TypingSession {
  readonly #client: MatchForgeClient;
  readonly #matchId: string;
  readonly #timers: Timers;
  readonly #stopListening: (() => void)[];
  /** Keys not acknowledged yet; the first has offset `#from`. */
  #keys = "";
  #from = 0;
  /** How many of them are on their way: an acknowledgement comes up to a second later, when they are durable. */
  #sent = 0;
  #sending = false;
  #ended = false;

  constructor(options: {
    readonly client: MatchForgeClient;
    readonly matchId: string;
    /** How many keys the server has, as `upto` of a `session.sync` says; default 0. */
    readonly from?: number;
    readonly timers?: Timers;
  }) {
    this.#from = options.from ?? 0;
    this.#client = options.client;
    this.#matchId = options.matchId;
    this.#timers = options.timers ?? platformTimers;
    this.#stopListening = [this.#client.on("session.sync", ({ match }) => this.#resume(match))];
  }

  /** The offset of the next key: how many were typed so far. */
  get offset(): number {
    return this.#from + this.#keys.length;
  }

  /** Types a key, or several; `\b` is the backspace. Keys that no text has, and no message can carry, count for nothing. */
  press(keys: string): void {
    this.#keys += keys.replace(unprintable, "");
    this.#plan();
  }

  /** Stops sending: the match is over. */
  end(): void {
    this.#ended = true;
    for (const stop of this.#stopListening) stop();
  }

  #plan(): void {
    if (this.#sending || this.#ended || this.#keys.length <= this.#sent) return;
    this.#sending = true;
    this.#timers.after(sendEveryMs, () => void this.#send());
  }

  async #send(): Promise<void> {
    if (this.#ended) return;
    // What is typed while the connection is away is planned again by the picture that follows its return.
    if (this.#client.status !== "ready") {
      this.#sending = false;
      return;
    }
    const typed = this.#keys.slice(this.#sent, this.#sent + keysPerMessage);
    const from = this.#from + this.#sent;
    let pauseMs = 0;
    try {
      const { upto } = await this.#client.request("game.progress", { match_id: this.#matchId, from, typed });
      this.#sent = Math.max(this.#sent, from + typed.length - this.#from);
      this.#acknowledge(upto);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.#sent = 0;
      pauseMs = error.retryAfterMs ?? retryMs;
      if (endings.includes(error.code)) this.end();
    }
    this.#sending = false;
    if (this.#keys.length > this.#sent && !this.#ended) this.#timers.after(pauseMs, () => this.#plan());
  }

  #acknowledge(upto: number): void {
    if (upto <= this.#from) return;
    const count = upto - this.#from;
    this.#keys = this.#keys.slice(count);
    this.#sent = Math.max(0, this.#sent - count);
    this.#from = upto;
  }

  /** The server goes on from what it has: keys after that are sent again, keys before are forgotten. */
  #resume(match: ServerMessages["session.sync"]["match"]): void {
    if (match === null || match.match_id !== this.#matchId || match.state !== "ACTIVE") return;
    this.#acknowledge(match.upto);
    this.#sent = 0;
    if (this.#keys.length > 0) this.#plan();
  }
}
