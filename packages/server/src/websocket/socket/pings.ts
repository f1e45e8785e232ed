import type { MatchId } from "@matchforge/core";

/** A ping that waits for its pong. */
export interface SentPing {
  readonly id: string;
  sentAt: number;
  /** The newest event sent before it: whoever answers has been sent that one. */
  readonly lastEvent: number;
  /** The match found just before, whose delivery the pong proves. */
  readonly found: MatchId | null;
}

const none: readonly SentPing[] = [];

/** The pings of one connection that are not answered yet, oldest first. */
export class Pings {
  /** Replaced, never changed: the many connections that wait for no pong share one empty list. */
  #sent: readonly SentPing[] = none;

  get oldestSentAt(): number | undefined {
    return this.#sent[0]?.sentAt;
  }

  add(ping: SentPing): void {
    this.#sent = [...this.#sent, ping];
  }

  /**
   * Takes a pong: it answers the ping it names and all before that, or only the oldest when it names none, since
   * pongs come in the order of their pings. Answers those pings, oldest first.
   */
  answer(id: string): readonly SentPing[] {
    const named = this.#sent.findIndex((ping) => ping.id === id);
    const answered = this.#sent.slice(0, Math.max(1, named + 1));
    this.#sent = answered.length === this.#sent.length ? none : this.#sent.slice(answered.length);
    return answered;
  }

  /** This process slept: pongs that came meanwhile are not read yet. */
  postpone(byMs: number): void {
    for (const ping of this.#sent) ping.sentAt += byMs;
  }
}
