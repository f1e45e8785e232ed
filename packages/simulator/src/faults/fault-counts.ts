/** Everything that is made to go wrong, and how often it did. */
export const faultKinds = [
  /** A node is gone from one moment to the next, or a while after its line became slow. */
  "crash",
  /** A process gets no time for some seconds; for longer than every time-out. */
  "pause",
  "long_pause",
  /** A node's whole line to the store is cut. */
  "partition",
  /** Only appends, only their answers, or only reads do not pass. */
  "appends_cut",
  "replies_cut",
  "reads_cut",
  /** The store is away for everybody. */
  "store_outage",
  "archive_outage",
  /** One request is lost, or its answer; a batch arrives twice, or after its node has died. */
  "lost_request",
  "lost_reply",
  "duplicate_append",
  "late_append",
  "slow_append",
  /** A read answers with less than there is, or with what there was. */
  "short_read",
  "stale_read",
  /** A reader is not told of an append, or after the next one. */
  "lost_wake",
  "late_wake",
  "snapshot_failed",
  /** A node dies while it writes a snapshot. */
  "snapshot_torn",
  /** The chain does not say what became of a request, says it late, or cannot do it. */
  "chain_unknown",
  "chain_slow",
  "chain_failed",
  "archive_failed",
  "archive_slow",
  /** A game server says nothing any more, and comes back as another run or as the same; ends; takes nothing new. */
  "server_crash",
  "server_restart",
  "server_silent",
  "server_drained",
  "server_down",
  /** A game server tells nonsense, the result of others, or its own when nobody wants it any more. */
  "made_up_result",
  "late_result",
  /** Who lends servers is away for minutes, takes longer than anybody waits, loses answers, or does things twice. */
  "provider_outage",
  "provider_slow",
  "provider_silent",
  "provider_full",
  "provider_repeats",
  /** The store's clock is set, forwards or back. */
  "clock_jump",
  /** All nodes are drained and started again, one after the other; perhaps with other rules. */
  "rolling_restart",
  "rules_changed",
  /** A node starts with a build that knows fewer kernel levels. */
  "old_build",
  /** A second process comes up under the name of one that runs. */
  "twin",
  /** What players and their lines do. */
  "disconnect",
  "late_disconnect",
  "second_device",
  "lost_answer",
  "resent_request",
  "hostile_command",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Counts faults by kind. */
export class FaultCounts {
  readonly #counts = new Map<FaultKind, number>(faultKinds.map((kind) => [kind, 0]));

  add(kind: FaultKind): void {
    this.#counts.set(kind, this.of(kind) + 1);
  }

  of(kind: FaultKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  toJSON(): Record<FaultKind, number> {
    return Object.fromEntries(this.#counts) as Record<FaultKind, number>;
  }
}
