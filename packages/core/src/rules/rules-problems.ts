import type { ModeRules, Rules } from "./rules.ts";

/** What is wrong with a set of rules. */
export interface RulesProblem {
  /** Where: `modes.code_duel.k`. */
  readonly path: string;
  /** What is expected there. */
  readonly expected: string;
}

/**
 * Finds every reason why rules cannot be used; an empty list means they can.
 *
 * @example
 * const problems = rulesProblems(defineRules({ modes: [defineMode({ id: "quick" })] }));
 */
export function rulesProblems(rules: Rules): RulesProblem[] {
  const problems: RulesProblem[] = [];
  const ids = new Set<string>();
  for (const mode of rules.modes) {
    if (ids.has(mode.id)) problems.push({ path: `modes.${mode.id}`, expected: "an id used once" });
    ids.add(mode.id);
    modeProblems(mode, problems);
  }
  if (!isAmount(rules.ledger.faucet)) problems.push({ path: "ledger.faucet", expected: "a whole amount" });
  if (!isTime(rules.ledger.faucetEveryMs))
    problems.push({ path: "ledger.faucetEveryMs", expected: "a time ≥ 0" });
  if (rules.maxStepMs !== null && !(rules.maxStepMs > 0))
    problems.push({ path: "maxStepMs", expected: "a time > 0" });
  return problems;
}

type Expect = (holds: boolean, key: string, expected: string) => void;

function modeProblems(mode: ModeRules, problems: RulesProblem[]): void {
  const expect: Expect = (holds, key, expected) => {
    if (!holds) problems.push({ path: `modes.${mode.id}.${key}`, expected });
  };
  const id = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/;
  expect(id.test(mode.id), "id", "a letter, then letters, digits and _; at most 64");
  const sized = mode.teams.length >= 2 && mode.teams.every((size) => isCount(size) && size >= 1);
  expect(sized, "teams", "two or more sizes ≥ 1");
  stakeProblems(mode, expect);
  ratingProblems(mode, expect);
  timeProblems(mode, expect);
  expect(isCount(mode.maxTickets) && isCount(mode.maxLiveMatches), "maxTickets", "whole numbers ≥ 0");
  const waved = isCount(mode.matchesPerWaveMax) && mode.matchesPerWaveMax >= 1;
  expect(waved, "matchesPerWaveMax", "a whole number ≥ 1");
  expect(Number.isFinite(mode.priority), "priority", "a number");
  searchProblems(mode, expect);
  holdProblems(mode, expect);
}

function ratingProblems({ rating }: ModeRules, expect: Expect): void {
  if (rating === null) return;
  expect(Number.isFinite(rating.initial), "rating.initial", "a number");
  const positive = (key: string, value: number) =>
    expect(Number.isFinite(value) && value > 0, `rating.${key}`, "a number > 0");
  if (rating.system === "elo") return positive("k", rating.k);
  positive("tau", rating.tau);
  positive("deviation", rating.deviation);
  if (rating.system === "weng_lin") return positive("beta", rating.beta);
  positive("volatility", rating.volatility);
  expect(isAtLeastZero(rating.periodsPerMatch), "rating.periodsPerMatch", "a number ≥ 0");
}

function stakeProblems({ stakes, requires, burnBps }: ModeRules, expect: Expect): void {
  const amounts = stakes.every(({ tier, stake }) => isAmount(stake) && tier.length > 0);
  expect(amounts, "stakes", "whole amounts");
  expect(new Set(stakes.map(({ tier }) => tier)).size === stakes.length, "stakes", "each tier once");
  const escrowed = stakes.length === 0 || requires.includes("escrow");
  expect(escrowed, "requires", "escrow, because the mode has stakes");
  expect(isCount(burnBps) && burnBps <= 10_000, "burnBps", "0 to 10000 hundredths of a percent");
}

const times = [
  "warnAfterMs",
  "maxWaitMs",
  "countdownMs",
  "durationMs",
  "countingMs",
  "graceMs",
  "waveMs",
] as const;

function timeProblems(mode: ModeRules, expect: Expect): void {
  for (const key of times) expect(isTime(mode[key]), key, "a time ≥ 0");
  expect(mode.maxWaitMs > 0 && mode.durationMs > 0, "durationMs", "times > 0 for maxWaitMs and durationMs");
  const { readyCheckMs } = mode;
  expect(readyCheckMs === null || (isTime(readyCheckMs) && readyCheckMs > 0), "readyCheckMs", "a time > 0");
  const [shortest, longest] = mode.antiSnipeMs;
  const ordered = isTime(shortest) && isTime(longest) && shortest <= longest;
  expect(ordered, "antiSnipeMs", "two times, the smaller first");
}

function searchProblems(mode: ModeRules, expect: Expect): void {
  const widening = "steps from 0 in growing order of time and gap, or gap ≤ max";
  expect(wideningHolds(mode), "search.widening", widening);
  const { avoidRematch } = mode.search;
  const avoids = avoidRematch === null || (isCount(avoidRematch.last) && isTime(avoidRematch.forMs));
  expect(avoids, "search.avoidRematch", "a whole number of matches and a time ≥ 0");
}

function holdProblems({ search: { hold } }: ModeRules, expect: Expect): void {
  if (hold === undefined) return;
  const priced = Number.isFinite(hold.pointsPerSecond) && hold.pointsPerSecond > 0;
  expect(priced, "search.hold.pointsPerSecond", "a number > 0");
  expect(hold.kind !== "fixed" || isTime(hold.forMs), "search.hold.forMs", "a time ≥ 0");
}

function wideningHolds(mode: ModeRules): boolean {
  const { widening } = mode.search;
  if (widening.kind === "linear") {
    const { gap, perSecond, max } = widening;
    return isAtLeastZero(gap) && isAtLeastZero(perSecond) && Number.isFinite(max) && max >= gap;
  }
  if (widening.steps.length === 0 || widening.steps[0].afterMs !== 0) return false;
  return widening.steps.every((step, index) => {
    if (!isTime(step.afterMs) || !(gapOf(step) >= 0)) return false;
    const before = index === 0 ? undefined : widening.steps[index - 1];
    return before === undefined || (step.afterMs > before.afterMs && gapOf(step) >= gapOf(before));
  });
}

/** JSON writes a gap of Infinity as null. */
function gapOf(step: { readonly gap: number }): number {
  return step.gap ?? Number.POSITIVE_INFINITY;
}

function isTime(value: number): boolean {
  return isAtLeastZero(value);
}

function isAtLeastZero(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function isAmount(text: string): boolean {
  return /^[0-9]{1,78}$/.test(text);
}
