import { teamFormatProblems } from "../matching/teams/team-format.ts";
import { areNames, wishLimits } from "../matching/wishes.ts";
import { ratingLimits } from "../ratings/check-ratings.ts";
import { formatOf } from "./format-of.ts";
import { isBetween, isCount, isFactor, isTime } from "./numbers.ts";
import type { ModeRules, RoundRules, Rules } from "./rules.ts";
import { rulesLimits } from "./rules-limits.ts";
import { territoryProblems } from "./territory-problems.ts";
import { wideningProblems } from "./widening-problems.ts";

/** What is wrong with a set of rules. */
export interface RulesProblem {
  /** Where: `modes.code_duel.k`. */
  readonly path: string;
  /** What is expected there. */
  readonly expected: string;
  /** What to do, where that is more than to give what is expected. */
  readonly fix?: string;
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

type Expect = (holds: boolean, key: string, expected: string, fix?: string) => void;

function modeProblems(mode: ModeRules, problems: RulesProblem[]): void {
  const expect: Expect = (holds, key, expected, fix) => {
    if (holds) return;
    const path = `modes.${mode.id}.${key}`;
    problems.push(fix === undefined ? { path, expected } : { path, expected, fix });
  };
  const id = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/;
  expect(id.test(mode.id), "id", "a letter, then letters, digits and _; at most 64");
  formatProblems(mode, expect);
  territoryProblems(mode, expect);
  stakeProblems(mode, expect);
  ratingProblems(mode, expect);
  timeProblems(mode, expect);
  servedProblems(mode, expect);
  const { countMax } = rulesLimits;
  for (const key of ["maxTickets", "maxLiveMatches"] as const)
    expect(isCount(mode[key]), key, `a whole number from 0 to ${countMax}`);
  const waved = isCount(mode.matchesPerWaveMax) && mode.matchesPerWaveMax >= 1;
  expect(waved, "matchesPerWaveMax", `a whole number from 1 to ${countMax}`);
  expect(
    isBetween(mode.priority, -countMax, countMax),
    "priority",
    `a number from -${countMax} to ${countMax}`,
  );
  searchProblems(mode, expect);
  holdProblems(mode, expect);
  regionProblems(mode, expect);
}

function roundProblems(
  { playersMin, playersMax, registrationMs, extensionMs }: RoundRules,
  expect: Expect,
): void {
  const counts = isCount(playersMin) && isCount(playersMax) && playersMin >= 2 && playersMin <= playersMax;
  expect(
    counts && playersMax <= roundPlayersMax,
    "round.playersMin",
    `at least 2, at most the most, and the most at most ${roundPlayersMax}`,
  );
  expect(isTime(registrationMs) && registrationMs > 0, "round.registrationMs", "a time > 0");
  expect(isTime(extensionMs), "round.extensionMs", "a time ≥ 0");
}

const roundPlayersMax = 64;

function formatProblems(mode: ModeRules, expect: Expect): void {
  if (mode.round !== null) {
    expect(mode.matcher === null, "matcher", "none, because rounds are filled by the one built in");
    expect(mode.teamAssigner === null, "teamAssigner", "none, because everybody in a round is a team");
    expect(mode.roles.length === 0, "roles", "none, because everybody in a round is a team");
    expect(mode.search.hold === undefined, "search.hold", "none, because a round takes whoever registers");
    return roundProblems(mode.round, expect);
  }
  expect(mode.teams.length >= 2, "teams", "two or more teams");
  const { sideDifferenceMax } = mode.search;
  if (sideDifferenceMax === undefined) {
    for (const problem of teamFormatProblems(formatOf(mode))) {
      const [key, expected] = problem.split(": ");
      expect(false, key, expected);
    }
  } else {
    expect(isCount(sideDifferenceMax), "search.sideDifferenceMax", "a whole number ≥ 0");
    expect(mode.roles.length === 0, "roles", "none, because a ticket is a whole side");
    expect(mode.teams.length === 2, "teams", "two, because a ticket is a whole side");
  }
  expect(isCount(mode.partySizeMax) && mode.partySizeMax >= 1, "partySizeMax", "a whole number ≥ 1");
  const { partyRating } = mode;
  const { factorMax } = rulesLimits;
  const weighs =
    partyRating.strategy !== "weighted" || isBetween(partyRating.gapPenalty, -factorMax, factorMax);
  expect(weighs, "partyRating.gapPenalty", `a number from -${factorMax} to ${factorMax}`);
  expect(areNames(mode.maps, mapsMax), "maps", `different names, at most ${mapsMax}`);
}

const mapsMax = 100;

function regionProblems({ search: { regions } }: ModeRules, expect: Expect): void {
  if (regions === undefined) return;
  const named = regions.names.length > 0 && areNames(regions.names, wishLimits.regionsMax);
  expect(named, "search.regions.names", `1 to ${wishLimits.regionsMax} different names`);
  const rises = regions.latencyMax.every(({ afterMs, latencyMs }, place) => {
    const before = regions.latencyMax[place - 1] ?? { afterMs: -1, latencyMs: 0 };
    return (
      isTime(afterMs) &&
      afterMs > before.afterMs &&
      (latencyMs ?? Number.POSITIVE_INFINITY) >= before.latencyMs
    );
  });
  const starts = regions.latencyMax.length === 0 || regions.latencyMax[0].afterMs === 0;
  expect(
    rises && starts,
    "search.regions.latencyMax",
    "ceilings from 0 in growing order of time and latency",
  );
}

function ratingProblems({ rating }: ModeRules, expect: Expect): void {
  if (rating === null) return;
  if (rating.system === "custom")
    return expect(rating.name !== "", "rating.name", "the name of a rating system");
  const { ratingMax, deviationMax, volatilityMax } = ratingLimits;
  const { factorMax } = rulesLimits;
  const within = (key: string, value: number, most: number) =>
    expect(isBetween(value, 0, most) && value > 0, `rating.${key}`, `a number > 0, at most ${most}`);
  const isInitial = isBetween(rating.initial, -ratingMax, ratingMax);
  expect(isInitial, "rating.initial", `a number from -${ratingMax} to ${ratingMax}`);
  if (rating.system === "elo") return within("k", rating.k, factorMax);
  within("tau", rating.tau, factorMax);
  within("deviation", rating.deviation, deviationMax);
  if (rating.system === "weng_lin") return within("beta", rating.beta, factorMax);
  within("volatility", rating.volatility, volatilityMax);
  const isPeriods = isBetween(rating.periodsPerMatch, 0, factorMax);
  expect(isPeriods, "rating.periodsPerMatch", `a number from 0 to ${factorMax}`);
}

function stakeProblems(mode: ModeRules, expect: Expect): void {
  const { stakes, stakePer, requires, burnBps } = mode;
  const isWhole = mode.round === null && mode.search.sideDifferenceMax !== undefined;
  const isKnown = stakePer === "player" || (stakePer === "side" && isWhole);
  expect(isKnown, "stakePer", "player, or side where a ticket is a whole side");
  const amounts = stakes.every(({ tier, stake }) => isAmount(stake) && tier.length > 0);
  expect(amounts, "stakes", "whole amounts");
  expect(new Set(stakes.map(({ tier }) => tier)).size === stakes.length, "stakes", "each tier once");
  const escrowed = stakes.length === 0 || requires.includes("escrow");
  expect(escrowed, "requires", "escrow, because the mode has stakes");
  expect(isCount(burnBps) && burnBps <= 10_000, "burnBps", "0 to 10000 hundredths of a percent");
}

function servedProblems(mode: ModeRules, expect: Expect): void {
  const { loadingMs, serverLabels, serverLost, requires, game, autoDispatch } = mode;
  const isServed = requires.includes("server");
  expect(loadingMs === undefined || (isTime(loadingMs) && loadingMs > 0), "loadingMs", "a time > 0");
  const loads = loadingMs === undefined || requires.includes("loading");
  expect(loads, "loadingMs", "left out, because the mode requires no loading");
  expect(!isServed || game === "external", "game", "external, because a server plays it");
  expect(!isServed || autoDispatch, "autoDispatch", "true, because a server is found for it");
  const isTheirs = isServed || (serverLabels === undefined && serverLost === undefined);
  expect(isTheirs, "requires", "server, because the mode says what becomes of one");
  const labels = Object.entries(serverLabels ?? {});
  const { serverLabelsMax, serverNameLengthMax } = rulesLimits;
  const areShort = labels.every(
    ([name, value]) => isBetween(name.length, 1, serverNameLengthMax) && value.length <= serverNameLengthMax,
  );
  const expected = `at most ${serverLabelsMax} labels of at most ${serverNameLengthMax} characters`;
  expect(labels.length <= serverLabelsMax && areShort, "serverLabels", expected);
}

const times = [
  "warnAfterMs",
  "maxWaitMs",
  "countdownMs",
  "dispatchWithinMs",
  "durationMs",
  "countingMs",
  "graceMs",
] as const;

function timeProblems(mode: ModeRules, expect: Expect): void {
  for (const key of times) expect(isTime(mode[key]), key, "a time from 0 to a year");
  for (const key of ["maxWaitMs", "durationMs"] as const) expect(mode[key] !== 0, key, "a time > 0");
  const { waveMaxMs } = rulesLimits;
  expect(isBetween(mode.waveMs, 0, waveMaxMs), "waveMs", `milliseconds from 0 to ${waveMaxMs}`);
  const { readyCheckMs } = mode;
  expect(readyCheckMs === null || (isTime(readyCheckMs) && readyCheckMs > 0), "readyCheckMs", "a time > 0");
  const [shortest, longest] = mode.antiSnipeMs;
  const ordered = isTime(shortest) && isTime(longest) && shortest <= longest;
  expect(ordered, "antiSnipeMs", "two times, the smaller first");
}

function searchProblems({ search }: ModeRules, expect: Expect): void {
  for (const { place, expected, fix } of wideningProblems(search.widening))
    expect(false, `search.widening${place}`, expected, fix);
  const { avoidRematch } = search;
  if (avoidRematch === null) return;
  const isLast = isCount(avoidRematch.last);
  expect(isLast, "search.avoidRematch.last", "a whole number of matches ≥ 0");
  expect(isTime(avoidRematch.forMs), "search.avoidRematch.forMs", "a time from 0 to a year");
}

function holdProblems({ search: { hold } }: ModeRules, expect: Expect): void {
  if (hold === undefined) return;
  const { factorMax } = rulesLimits;
  const priced = isFactor(hold.pointsPerSecond);
  expect(priced, "search.hold.pointsPerSecond", `a number > 0, at most ${factorMax}`);
  expect(hold.kind !== "fixed" || isTime(hold.forMs), "search.hold.forMs", "a time from 0 to a year");
}

function isAmount(text: string): boolean {
  return /^[0-9]{1,78}$/.test(text);
}
