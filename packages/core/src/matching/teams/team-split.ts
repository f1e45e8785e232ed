/** Tickets on teams. */
export interface TeamSplit {
  /** By ticket, its team. */
  readonly teamOf: Uint8Array;
  /** How far from their first choice of role the players are, in all. */
  readonly steps: number;
  /** All that depends on the split: every cost term but the spread and the latency, in seconds. */
  readonly secs: number;
}
