/** Bounds of what rules may say: more is a slip of the pen, and would be taken at its word. Times are ms. */
export const rulesLimits = {
  /** A year: no wait, check or match is longer. */
  timeMaxMs: 31_622_400_000,
  /** A pool that changed is looked at no later than this. */
  waveMaxMs: 60_000,
  countMax: 1_000_000_000,
  /** Twice the greatest rating; a wider window is "any". */
  gapMax: 200_000,
  /** Of k, tau, beta, prices and the like. */
  factorMax: 100_000,
  wideningStepsMax: 64,
  territoriesMax: 100,
  serverLabelsMax: 16,
  /** Characters of a label's name, and of its value. */
  serverNameLengthMax: 64,
  /** A smaller crew exists, but neither queues nor besieges; a side of a siege is no larger than a crew. */
  crewMembersMin: 3,
  crewMembersMax: 8,
} as const;
