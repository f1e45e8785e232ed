/** How a rules file calls what the kernel calls otherwise, inside a mode. */
const keysOfMode: Readonly<Record<string, string | undefined>> = {
  teams: "format.teams",
  burnBps: "burn",
  warnAfterMs: "search.warn_after",
  maxWaitMs: "search.max_wait",
  antiSnipeMs: "search.anti_snipe.delay",
  readyCheckMs: "ready_check.timeout",
  countdownMs: "countdown",
  durationMs: "duration",
  graceMs: "grace",
  maxTickets: "max_tickets",
  maxLiveMatches: "max_live_matches",
  waveMs: "wave_ms",
  matchesPerWaveMax: "matches_per_wave",
  "rating.periodsPerMatch": "rating.periods_per_match",
  "search.hold.pointsPerSecond": "search.gap_per_second",
  "search.hold.forMs": "search.hold",
};

/**
 * The path in a rules file of what the kernel names by its own path.
 *
 * @example
 * fileKeyOf("modes.code_duel.maxWaitMs"); // modes.code_duel.search.max_wait
 */
export function fileKeyOf(path: string): string {
  if (path === "ledger.faucetEveryMs") return "ledger.faucet_every";
  const [, mode, key] = /^modes\.([^.]*)\.(.*)$/.exec(path) ?? [];
  if (mode === undefined || key === undefined) return path;
  return `modes.${mode}.${keysOfMode[key] ?? key}`;
}
