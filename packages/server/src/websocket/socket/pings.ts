import type { MatchId } from "@matchforge/core";
import { wireLimits } from "@matchforge/protocol";

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

/** Multiples of it, modulo 1, are spread evenly however many there are (Kronecker's sequence). */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/**
 * How long after it was opened a connection is first pinged: at most an interval, at least what a pong may take, and
 * another time for every connection of a node. Thousands that come back at once would else be pinged, and answer, at
 * once ever after.
 */
export function firstPingInMs(connection: number): number {
  const { pingIntervalMs, pongTimeoutMs } = wireLimits;
  return Math.ceil(pongTimeoutMs + ((connection * goldenRatio) % 1) * (pingIntervalMs - pongTimeoutMs));
}

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
