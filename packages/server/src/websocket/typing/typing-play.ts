import {
  type Command,
  isComplete,
  type KeysOutcome,
  type Match,
  type MatchId,
  type MatchPlayer,
  type PlayerId,
  statsOf,
  type Typed,
  TypingRun,
} from "@matchforge/core";
import { wireLimits } from "@matchforge/protocol";
import type { Relay } from "@matchforge/stores";
import type { Clock, Outcome } from "matchforge";

const checkpointEveryMs = 1_000;

/** The relay's topic of a match. */
export function matchTopic(match: MatchId): string {
  return `match:${match}`;
}

/** One player's progress, as the relay carries it. */
export interface RelayedProgress {
  readonly player: PlayerId;
  readonly progress: number;
  readonly wpm: number;
  readonly accuracy: number;
}

/**
 * One player's run through the text of a match, on the node of the player's connection: judges the keys by
 * its own clock, tells the others over the relay, and puts into the log what decides something.
 */
export class TypingPlay {
  readonly matchId: MatchId;
  readonly #options: TypingPlayOptions;
  readonly #run: TypingRun;
  readonly #startedAt: number;
  /** What the log has: only that much is acknowledged. */
  #logged: Typed;
  #loggedAt = Number.NEGATIVE_INFINITY;
  #logging: Promise<void> | null = null;
  #logPlanned = false;
  #relayPlanned = false;
  #relayedAt = Number.NEGATIVE_INFINITY;
  #ended = false;

  constructor(options: TypingPlayOptions) {
    const { match, own, clock } = options;
    if (match.phase.state !== "ACTIVE" || match.phase.text === null)
      throw new Error(`${match.id} has no text to type`);
    this.#options = options;
    this.matchId = match.id;
    this.#startedAt = match.phase.startedAt;
    this.#logged = own.typed;
    // A run that goes on is judged by the shard time since its last checkpoint: reconnecting buys nobody speed.
    const at = clock.now() - Math.max(0, options.shardTime() - own.checkpointAt);
    this.#run = new TypingRun({
      text: match.phase.text,
      at,
      ...(own.typed.keys > 0 && { typed: own.typed }),
    });
  }

  get typed(): Typed {
    return this.#run.typed;
  }

  /**
   * Takes keys as they arrive. `upto` is what the log has: nothing acknowledged is lost with this node or this
   * connection. The answer waits for the log only if these keys are put there at once.
   */
  async type(keys: { readonly from: number; readonly keys: string }): Promise<KeysOutcome> {
    if (this.#ended) return { ok: false, code: "INVALID_STATE" };
    const outcome = this.#run.type({ ...keys, at: this.#options.clock.now() });
    if (!outcome.ok) return outcome;
    this.#planRelay();
    const waitMs = outcome.complete ? 0 : this.#loggedAt + checkpointEveryMs - this.#options.clock.now();
    if (this.#logging === null && this.#isAhead) {
      if (waitMs <= 0) await this.#log();
      else this.#planLog(waitMs);
    }
    return { ...outcome, upto: this.#logged.keys };
  }

  /** Time is up: what has been typed so far is what counts. */
  async count(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#logging;
    await this.#options.submit(this.#checkpoint(true));
  }

  /** The match is over, or another connection takes over. */
  end(): void {
    this.#ended = true;
  }

  get #isAhead(): boolean {
    return this.#logged.keys !== this.typed.keys;
  }

  #planLog(inMs: number): void {
    if (this.#logPlanned) return;
    this.#logPlanned = true;
    this.#options.clock.after(inMs, () => {
      this.#logPlanned = false;
      if (!this.#ended && this.#isAhead && this.#logging === null) void this.#log();
    });
  }

  /** Puts into the log what has been typed: a checkpoint, or the end of the text. */
  #log(): Promise<void> {
    const { clock, submit } = this.#options;
    const { typed } = this;
    const isWhole = isComplete(typed, this.#run.text);
    this.#loggedAt = clock.now();
    this.#logging = submit(isWhole ? this.#finish() : this.#checkpoint(false)).then((outcome) => {
      this.#logging = null;
      if (isCarriedOut(outcome)) this.#logged = typed;
      if (this.#ended || !this.#isAhead) return;
      // A text completed meanwhile is told at once; what was refused, again later: shard time may lag behind.
      const isNews = !isWhole && isComplete(this.typed, this.#run.text);
      this.#planLog(isNews ? 0 : checkpointEveryMs / (isWhole ? 4 : 1));
    });
    return this.#logging;
  }

  #checkpoint(final: boolean): Command {
    const { own, epoch } = this.#options;
    return { type: "match.checkpoint", match: this.matchId, player: own.id, epoch, typed: this.typed, final };
  }

  #finish(): Command {
    const { own, epoch } = this.#options;
    return { type: "match.finish", match: this.matchId, player: own.id, epoch, typed: this.typed };
  }

  #planRelay(): void {
    if (this.#relayPlanned) return;
    const { clock } = this.#options;
    const waitMs = this.#relayedAt + wireLimits.progressRelayIntervalMs - clock.now();
    if (waitMs <= 0) return this.#relay();
    this.#relayPlanned = true;
    clock.after(waitMs, () => {
      this.#relayPlanned = false;
      if (!this.#ended) this.#relay();
    });
  }

  #relay(): void {
    const { clock, relay, own, shardTime } = this.#options;
    this.#relayedAt = clock.now();
    const timeMs = Math.max(1, shardTime() - this.#startedAt);
    const { progress, wpm, accuracy } = statsOf(this.typed, { length: this.#run.text.length, timeMs });
    const payload: RelayedProgress = { player: own.id, progress, wpm: Math.round(wpm), accuracy };
    relay.publish(matchTopic(this.matchId), JSON.stringify(payload));
  }
}

function isCarriedOut(outcome: Outcome): boolean {
  return outcome.ok && outcome.events.every((event) => event.type !== "refused");
}

export interface TypingPlayOptions {
  readonly match: Match;
  readonly own: MatchPlayer;
  readonly epoch: number;
  readonly clock: Clock;
  readonly relay: Relay;
  readonly shardTime: () => number;
  readonly submit: (command: Command) => Promise<Outcome>;
}
