/** What a finding says about a mode: that it forms no match, leaves somebody waiting, ignores a rule, or widens in a leap. */
export type FindingKind = "never_matches" | "starves" | "dead_rule" | "jumps";

/** `serious`: nobody is matched. `warning`: somebody suffers, or a rule does not do what it says. `note`: a choice with a price. */
export type FindingSeverity = "serious" | "warning" | "note";

/** Every finding there is, with what it means. Codes are stable: tools may rely on them. */
export const findingCatalogue = {
  NO_LIVE_MATCHES: { kind: "never_matches", severity: "serious", means: "No match may be live." },
  NO_TICKETS: {
    kind: "never_matches",
    severity: "serious",
    means: "Fewer tickets may wait than a match takes.",
  },
  NO_WINDOW: { kind: "never_matches", severity: "serious", means: "Only equal ratings ever meet." },
  DELAY_OUTLASTS_WAIT: {
    kind: "never_matches",
    severity: "serious",
    means: "A ticket's wait ends before it may be matched.",
  },
  SIDE_NEVER_FILLED: {
    kind: "never_matches",
    severity: "serious",
    means: "No party that may queue is large enough for a side.",
  },
  NO_REGION: { kind: "never_matches", severity: "serious", means: "No region is ever near enough." },
  STAKE_BEYOND_FAUCET: {
    kind: "never_matches",
    severity: "serious",
    means: "Nobody can pay the lowest stake with play money.",
  },
  NO_MODE_OFFERED: { kind: "never_matches", severity: "note", means: "No mode can be queued for." },
  DELAY_OUTLASTS_SOME: {
    kind: "starves",
    severity: "warning",
    means: "Tickets with a long delay are never matched.",
  },
  LAST_STEP_BOUNDED: {
    kind: "starves",
    severity: "warning",
    means: "Who is far from everybody waits until the end.",
  },
  LATENCY_BOUNDED: {
    kind: "starves",
    severity: "note",
    means: "Who is far from every region waits until the end.",
  },
  HOLD_OUTLASTS_WAIT: {
    kind: "starves",
    severity: "warning",
    means: "Matches the rules allow are kept back until the wait is over.",
  },
  REMATCH_OUTLASTS_WAIT: {
    kind: "starves",
    severity: "warning",
    means: "In a small pool those who have just met wait until the end.",
  },
  READY_CHECK_OUTLASTS_WAIT: {
    kind: "starves",
    severity: "warning",
    means: "Who accepted a match that others let lapse has no wait left.",
  },
  LOWER_PRIORITY: { kind: "starves", severity: "note", means: "Other modes are served first." },
  STEP_AFTER_WAIT: { kind: "dead_rule", severity: "warning", means: "A step begins when the wait is over." },
  STEP_CHANGES_NOTHING: {
    kind: "dead_rule",
    severity: "warning",
    means: "A step is as wide as the one before.",
  },
  LINEAR_STANDS_STILL: {
    kind: "dead_rule",
    severity: "warning",
    means: "A linear window never reaches its maximum.",
  },
  WARN_AFTER_WAIT: {
    kind: "dead_rule",
    severity: "warning",
    means: "The warning comes when the wait is over.",
  },
  RATING_RULE_UNRATED: {
    kind: "dead_rule",
    severity: "note",
    means: "A rule goes by ratings where all are equal.",
  },
  HOLD_BEYOND_LAST_STEP: {
    kind: "dead_rule",
    severity: "warning",
    means: "Holding back ends with the last step in any case.",
  },
  REMATCH_NEVER_AVOIDED: {
    kind: "dead_rule",
    severity: "warning",
    means: "Rematches are allowed from the first moment on.",
  },
  REMATCH_BEYOND_MEMORY: {
    kind: "dead_rule",
    severity: "warning",
    means: "Rematches of more matches are avoided than are remembered.",
  },
  ESCROW_WITHOUT_STAKES: {
    kind: "dead_rule",
    severity: "warning",
    means: "There is nothing to put into escrow.",
  },
  REVEAL_WITHOUT_READY_CHECK: {
    kind: "dead_rule",
    severity: "warning",
    means: "Nobody is asked, so nobody accepts.",
  },
  GRACE_OUTLASTS_MATCH: {
    kind: "dead_rule",
    severity: "note",
    means: "Whoever disconnects in play never forfeits by it.",
  },
  SIZES_NEVER_DIFFER: {
    kind: "dead_rule",
    severity: "warning",
    means: "Teams may differ by more than their sizes let them.",
  },
  WINDOW_JUMPS: {
    kind: "jumps",
    severity: "warning",
    means: "A step is more than three times as wide as the last.",
  },
  WINDOW_OPENS_EARLY: {
    kind: "jumps",
    severity: "warning",
    means: "A bounded window opens to everybody within half a minute.",
  },
} as const satisfies Record<string, { kind: FindingKind; severity: FindingSeverity; means: string }>;

/** The stable name of a finding. */
export type RulesFindingCode = keyof typeof findingCatalogue;

/** Something about rules that can be used and will not do what they look like. */
export interface RulesFinding {
  readonly code: RulesFindingCode;
  readonly kind: FindingKind;
  readonly severity: FindingSeverity;
  /** Where, as in {@link RulesProblem}: `modes.code_duel.search.widening[3]`. */
  readonly path: string;
  /** What happens, with the numbers of this mode. */
  readonly message: string;
  /** What to change. */
  readonly fix: string;
}

/** Notes a finding about a mode; `key` is the path inside it. */
export type NoteFinding = (
  code: RulesFindingCode,
  finding: { readonly key: string; readonly message: string; readonly fix: string },
) => void;
