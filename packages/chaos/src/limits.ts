/** Every bound of the campaigns, in one place. */
export const chaosLimits = {
  nodesMax: 9,
  playersMax: 1_000,
  runsMax: 100_000,
  /** A balancer asks each node so often whether it takes players, and gives it so long to answer. */
  healthEveryMs: 300,
  healthWithinMs: 1_000,
  /** A process that ended by itself is started again after this, as a supervisor would. */
  restartAfterMs: 500,
  /** How long a fleet may take to start. */
  startWithinMs: 60_000,
  /** How long everybody may take to be well again after a fault. */
  recoverWithinMs: 60_000,
  /** How long matches and tickets may take to end when nobody queues any more. */
  restWithinMs: 150_000,
  /** Invariants are looked at after each of so many entries, and at the end. */
  auditEveryEntries: 200,
} as const;
