import { wireLimits } from "@matchforge/protocol";

/** The longest stretch between two looks that counts: beyond it this process slept, which says nothing of the log. */
const awakeMsMax = 500;

/**
 * How long a node has applied nothing while it was awake. Every node appends once a second, so an old replica
 * means that the log cannot be reached.
 */
export class Staleness {
  #lookedAt: number;
  #idleMs = 0;

  constructor(now: number) {
    this.#lookedAt = now;
  }

  get idleMs(): number {
    return this.#idleMs;
  }

  /** Requests are refused. */
  get refuses(): boolean {
    return this.#idleMs > wireLimits.staleReplicaRefusesAfterMs;
  }

  /** Players are sent elsewhere. */
  get closes(): boolean {
    return this.#idleMs > wireLimits.staleReplicaClosesAfterMs;
  }

  /** An entry was applied. */
  applied(): void {
    this.#idleMs = 0;
  }

  /** To be called several times a second; answers how long this process slept since the last call. */
  look(now: number): number {
    const elapsedMs = now - this.#lookedAt;
    this.#lookedAt = now;
    this.#idleMs += Math.min(elapsedMs, awakeMsMax);
    return Math.max(0, elapsedMs - awakeMsMax);
  }
}
