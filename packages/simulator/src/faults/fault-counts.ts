/** Everything that is made to go wrong, and how often it did. */
export const faultKinds = [
  "crash",
  "pause",
  "partition",
  "lost_request",
  "lost_reply",
  "duplicate_append",
  "slow_append",
  "clock_jump",
  "disconnect",
  "late_disconnect",
  "resent_request",
  "hostile_command",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Counts faults by kind. */
export class FaultCounts {
  readonly #counts = new Map<FaultKind, number>(faultKinds.map((kind) => [kind, 0]));

  add(kind: FaultKind, times = 1): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + times);
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  toJSON(): Record<FaultKind, number> {
    return Object.fromEntries(this.#counts) as Record<FaultKind, number>;
  }
}
