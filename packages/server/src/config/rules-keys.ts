/** How a rules file calls what the kernel calls otherwise, inside a mode. */
const keysOfMode: Readonly<Record<string, string | undefined>> = {
  teams: "format.teams",
  sizeDifferenceMax: "format.size_difference",
  roles: "format.roles",
  "round.playersMin": "round.min_players",
  "round.registrationMs": "round.registration",
  "round.extensionMs": "round.extension",
  "siege.gatherMs": "siege.gather",
  "siege.membersMin": "siege.min_members",
  "siege.sideDifferenceMax": "siege.size_difference",
  maps: "maps",
  partySizeMax: "format.party_size_max",
  partyRating: "party_rating",
  "partyRating.strategy": "party_rating",
  "partyRating.gapPenalty": "party_rating.weighted",
  "search.sideDifferenceMax": "format.size_difference",
  "search.regions.latencyMax": "search.regions.latency",
  burnBps: "burn",
  warnAfterMs: "search.warn_after",
  maxWaitMs: "search.max_wait",
  antiSnipeMs: "search.anti_snipe.delay",
  readyCheckMs: "ready_check.timeout",
  revealOpponent: "reveal_opponent",
  loadingMs: "loading",
  serverLabels: "server_labels",
  serverLost: "server_lost",
  countdownMs: "countdown",
  durationMs: "duration",
  graceMs: "grace",
  maxTickets: "max_tickets",
  maxLiveMatches: "max_live_matches",
  waveMs: "wave_ms",
  matchesPerWaveMax: "matches_per_wave",
  "rating.periodsPerMatch": "rating.periods_per_match",
  "search.widening.perSecond": "search.widening.per_second",
  "search.avoidRematch": "search.avoid_rematch",
  "search.avoidRematch.last": "search.avoid_rematch.last",
  "search.avoidRematch.forMs": "search.avoid_rematch.for",
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
  const [, mode, key, place = ""] = /^modes\.([^.]*)\.(.*?)(\[\d+\])?$/.exec(path) ?? [];
  if (mode === undefined || key === undefined) return path;
  return `modes.${mode}.${keysOfMode[key] ?? spelledOut(key)}${place}`;
}

/** A file's keys are in snake case, and its times in seconds; tiers are called as they are. */
function spelledOut(key: string): string {
  if (key.startsWith("stakes.")) return key;
  return key.replace(/Ms$/, "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
