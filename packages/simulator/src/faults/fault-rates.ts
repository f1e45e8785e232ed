/** How often what goes wrong, for each append, read, wake-up, snapshot or commit. */
export const rates = {
  lostRequest: 0.003,
  lostReply: 0.003,
  duplicateAppend: 0.006,
  slowAppend: 0.005,
  /** Of what was on its way when its node died. */
  lateAppend: 0.8,
  shortRead: 0.01,
  staleRead: 0.01,
  lostWake: 0.04,
  lateWake: 0.03,
  snapshotFailed: 0.05,
  snapshotTorn: 0.1,
  chainUnknown: 0.02,
  chainSlow: 0.02,
  chainFailed: 0.01,
  archiveFailed: 0.01,
  archiveSlow: 0.01,
  /** For each request to who lends servers. */
  providerSlow: 0.06,
  providerSilent: 0.05,
  providerFull: 0.04,
  providerRepeats: 0.05,
  releaseSilent: 0.05,
  /** For each game at a lent server. */
  lentCrash: 0.04,
  lentDown: 0.03,
  /** For each game whose result is told. */
  madeUpResult: 0.06,
  repeatedResult: 0.08,
  lateResult: 0.06,
} as const;
