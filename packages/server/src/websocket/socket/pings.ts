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

/** The pings of one connection that are not answered yet, oldest first. */
export class Pings {
  #sent: SentPing[] = [];

  get oldestSentAt(): number | undefined {
    return this.#sent[0]?.sentAt;
  }

  add(ping: SentPing): void {
    this.#sent.push(ping);
  }

  /**
   * Takes a pong: it answers the ping it names and all before that, or only the oldest when it names none, since
   * pongs come in the order of their pings. Answers those pings, oldest first.
   */
  answer(id: string): readonly SentPing[] {
    const named = this.#sent.findIndex((ping) => ping.id === id);
    return this.#sent.splice(0, Math.max(1, named + 1));
  }

  /** This process slept: pongs that came meanwhile are not read yet. */
  postpone(byMs: number): void {
    for (const ping of this.#sent) ping.sentAt += byMs;
  }
}
