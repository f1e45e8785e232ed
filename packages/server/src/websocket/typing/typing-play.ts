import {
  type Command,
  isComplete,
  type Match,
  type MatchId,
  type MatchPlayer,
  type PlayerId,
  statsOf,
  type Typed,
  TypingRun,
  type KeysOutcome,
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
  #logged: Typed;
  #checkpointPlanned = false;
  #relayPlanned = false;
  #relayedAt = Number.NEGATIVE_INFINITY;
  #finishing = false;
  #ended = false;

  constructor(options: TypingPlayOptions) {
    const { match, own, clock } = options;
    if (match.phase.state !== "ACTIVE" || match.phase.text === null) throw new Error(`${match.id} has no text to type`);
    this.#options = options;
    this.matchId = match.id;
    this.#startedAt = match.phase.startedAt;
    this.#logged = own.typed;
    const resumed = own.typed.keys === 0 ? undefined : { typed: own.typed };
    this.#run = new TypingRun({ text: match.phase.text, at: clock.now(), ...resumed });
  }

  get typed(): Typed {
    return this.#run.typed;
  }

  /** Takes keys as they arrive. */
  type(keys: { readonly from: number; readonly keys: string }): KeysOutcome {
    const outcome = this.#run.type({ ...keys, at: this.#options.clock.now() });
    if (!outcome.ok) return outcome;
    this.#planRelay();
    if (outcome.complete) this.#finish();
    else this.#planCheckpoint();
    return outcome;
  }

  /** Time is up: what has been typed so far is what counts. */
  count(): void {
    if (this.#ended || this.#finishing) return;
    this.#ended = true;
    void this.#options.submit(this.#checkpoint(true));
  }

  /** The match is over, or another connection takes over. */
  end(): void {
    this.#ended = true;
  }

  #planCheckpoint(): void {
    if (this.#checkpointPlanned || this.#ended) return;
    this.#checkpointPlanned = true;
    this.#options.clock.after(checkpointEveryMs, () => {
      this.#checkpointPlanned = false;
      if (this.#ended || this.#finishing || this.#logged.keys === this.typed.keys) return;
      const { typed } = this;
      void this.#options.submit(this.#checkpoint(false)).then((outcome) => {
        if (isCarriedOut(outcome)) this.#logged = typed;
        if (this.#logged.keys !== this.typed.keys) this.#planCheckpoint();
      });
    });
  }

  #checkpoint(final: boolean): Command {
    const { own, epoch } = this.#options;
    return { type: "match.checkpoint", match: this.matchId, player: own.id, epoch, typed: this.typed, final };
  }

  /** The text is complete. Shard time may lag behind the player's typing for a moment: then it is told again. */
  #finish(): void {
    if (this.#finishing || this.#ended) return;
    this.#finishing = true;
    const { own, epoch, submit, clock } = this.#options;
    void submit({ type: "match.finish", match: this.matchId, player: own.id, epoch, typed: this.typed }).then((outcome) => {
      if (isCarriedOut(outcome) || this.#ended) return;
      clock.after(checkpointEveryMs / 4, () => {
        this.#finishing = false;
        if (isComplete(this.typed, this.#run.text)) this.#finish();
      });
    });
  }

  #planRelay(): void {
    if (this.#relayPlanned) return;
    const { clock } = this.#options;
    const waitMs = this.#relayedAt + wireLimits.progressRelayIntervalMs - clock.now();
    if (waitMs <= 0) return this.#relay();
    this.#relayPlanned = true;
    clock.after(waitMs, () => {
      this.#relayPlanned = false;
      this.#relay();
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
