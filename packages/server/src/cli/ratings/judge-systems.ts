import {
  backtest,
  type Calibration,
  coinSystem,
  eloSystem,
  glicko2System,
  type PlayedMatch,
  type RatingRules,
  type RatingSystem,
  ratingSystemOf,
  wengLinSystem,
} from "@matchforge/core";

/** How one system foretold the matches of a mode. */
export interface JudgedSystem extends Calibration {
  readonly system: "coin" | RatingRules["system"];
  /** Whether the mode's own numbers were taken, and not the defaults. */
  readonly isOwn: boolean;
}

/** Everything the matches of one mode tell. */
export interface JudgedMode {
  readonly mode: string;
  /** All of them, judged or not. */
  readonly matches: number;
  /** Those somebody left: rated and not judged. */
  readonly forfeits: number;
  readonly ties: number;
  /** Whether enough were judged for the figures to mean something. */
  readonly isEnough: boolean;
  /** Empty where nothing could be judged; the coin comes first. */
  readonly systems: readonly JudgedSystem[];
}

/** Fewer judged matches than this say more about chance than about systems. */
export const matchesMin = 50;

/**
 * Replays the matches of a mode under every system.
 *
 * @param rules the mode's own, if it is rated: its system gets its own numbers, the others their defaults.
 */
export function judgeSystems({
  mode,
  matches,
  rules,
}: {
  readonly mode: string;
  readonly matches: readonly PlayedMatch[];
  readonly rules: RatingRules | null;
}): JudgedMode {
  const judged = matches.filter(({ isJudged }) => isJudged);
  return {
    mode,
    matches: matches.length,
    forfeits: matches.length - judged.length,
    ties: judged.filter(({ teams }) => teams.every(({ rank }) => rank === 1)).length,
    isEnough: judged.length >= matchesMin,
    systems: systemsFor(rules).flatMap(({ system, isOwn, rates }) => {
      const figures = backtest(rates, matches);
      return figures === null ? [] : [{ system, isOwn, ...figures }];
    }),
  };
}

interface Candidate {
  readonly system: JudgedSystem["system"];
  readonly isOwn: boolean;
  readonly rates: RatingSystem;
}

function systemsFor(rules: RatingRules | null): Candidate[] {
  const defaults: readonly [RatingRules["system"], RatingSystem][] = [
    ["elo", eloSystem()],
    ["glicko2", glicko2System()],
    ["weng_lin", wengLinSystem()],
  ];
  const rated = defaults.map(([system, usual]): Candidate => {
    const isOwn = rules?.system === system;
    return { system, isOwn, rates: isOwn ? ratingSystemOf(rules) : usual };
  });
  return [{ system: "coin", isOwn: false, rates: coinSystem }, ...rated];
}
