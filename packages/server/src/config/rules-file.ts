import { readFileSync } from "node:fs";
import {
  defineMode,
  defineRules,
  type ModeRules,
  type RatingRules,
  type Requirement,
  type Rules,
  type RulesProblem,
  rulesProblems,
  type StakeTier,
  type Widening,
} from "@matchforge/core";
import { parse, TomlError } from "smol-toml";
import { type Problem, TableReader } from "./table-reader.ts";

/** Rules that can be used, or everything that is wrong with them. */
export type LoadedRules =
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const second = 1_000;
const unitsPerToken = 1_000_000_000_000_000_000n;

/**
 * Reads a rules file: TOML with times in seconds and stakes in whole tokens.
 *
 * @example
 * const loaded = loadRules("rules/arcade.toml");
 */
export function loadRules(path: string): LoadedRules {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return refuse([{ path, problem: `cannot be read: ${(error as Error).message}` }]);
  }
  return parseRules(text, path);
}

/** The rules in a text; `name` is how problems call it. */
export function parseRules(text: string, name: string): LoadedRules {
  let table: Record<string, unknown>;
  try {
    table = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return refuse([{ path: name, problem: error.message }]);
  }
  const problems: Problem[] = [];
  const root = new TableReader(table, "", problems);
  const ledger = root.table("ledger");
  const rules = defineRules({
    modes: root.tables("modes").map((mode) => readMode(mode)),
    ledger: {
      faucet: tokens(ledger.number("faucet", 0)),
      faucetEveryMs: ledger.number("faucet_every", 600) * second,
    },
  });
  ledger.end();
  root.end();
  if (rules.modes.length === 0)
    problems.push({ path: "modes", problem: "there must be at least one [[modes]]" });
  const found = problems.length > 0 ? problems : rulesProblems(rules).map(asProblem);
  return found.length > 0 ? refuse(found) : { ok: true, rules };
}

function refuse(problems: readonly Problem[]): LoadedRules {
  return { ok: false, problems };
}

function asProblem({ path, expected }: RulesProblem): Problem {
  return { path, problem: `must be ${expected}` };
}

function readMode(mode: TableReader): ModeRules {
  const format = mode.table("format");
  const search = mode.table("search");
  const readyCheck = mode.optionalTable("ready_check");
  const rematch = search.optionalTable("avoid_rematch");
  const snipe = search.optionalTable("anti_snipe");
  const delays = snipe?.numbers("delay", [0, 0]) ?? [0, 0];
  const rules = defineMode({
    id: mode.text("id", ""),
    enabled: mode.flag("enabled", true),
    available: mode.flag("available", true),
    teams: format.numbers("teams", [1, 1]),
    game: mode.oneOf("game", ["typing_duel", "external"], "external"),
    stakes: readStakes(mode),
    burnBps: Math.round(mode.number("burn", 0.1) * 10_000),
    rating: readRating(mode.optionalTable("rating")),
    requires: mode.texts("requires", []) as Requirement[],
    search: {
      widening: readWidening(search),
      avoidRematch:
        rematch === undefined
          ? null
          : { last: rematch.number("last", 3), forMs: rematch.number("for", 120) * second },
    },
    warnAfterMs: search.number("warn_after", 120) * second,
    maxWaitMs: search.number("max_wait", 300) * second,
    antiSnipeMs: [(delays[0] ?? 0) * second, (delays[1] ?? 0) * second],
    readyCheckMs: readyCheck === undefined ? null : readyCheck.number("timeout", 15) * second,
    revealOpponent: mode.oneOf("reveal_opponent", ["found", "accepted"], "found"),
    countdownMs: mode.number("countdown", 5) * second,
    durationMs: mode.number("duration", 60) * second,
    graceMs: mode.number("grace", 30) * second,
    maxTickets: mode.number("max_tickets", 1_000_000),
    maxLiveMatches: mode.number("max_live_matches", 100_000),
    waveMs: mode.number("wave_ms", 50),
    matchesPerWaveMax: mode.number("matches_per_wave", 1_000),
    priority: mode.number("priority", 0),
  });
  for (const table of [format, rematch, snipe, search, readyCheck, mode]) table?.end();
  return rules;
}

function readRating(rating: TableReader | undefined): RatingRules | null {
  if (rating === undefined) return null;
  const rules: RatingRules = {
    system: rating.oneOf("system", ["elo"], "elo"),
    k: rating.number("k", 32),
    initial: rating.number("initial", 1200),
    rounding: rating.oneOf("rounding", ["truncate", "none"], "truncate"),
  };
  rating.end();
  return rules;
}

function readStakes(mode: TableReader): StakeTier[] {
  const stakes = mode.optionalTable("stakes");
  if (stakes === undefined) return [];
  const tiers = stakes.keys().map((tier) => ({ tier, stake: tokens(stakes.number(tier, 0)) }));
  stakes.end();
  return tiers;
}

function readWidening(search: TableReader): Widening {
  const linear = search.optionalTable("linear");
  if (linear !== undefined) {
    const widening = {
      kind: "linear" as const,
      gap: linear.number("gap", 100),
      perSecond: linear.number("per_second", 5),
      max: linear.number("max", 500),
    };
    linear.end();
    return widening;
  }
  const steps = search.tables("widening").map((step) => {
    const read = { afterMs: step.number("after", 0) * second, gap: step.numberOrAny("gap") };
    step.end();
    return read;
  });
  return { kind: "steps", steps };
}

/** Whole tokens in the smallest unit, as decimal text. */
function tokens(whole: number): string {
  return Number.isSafeInteger(whole) && whole >= 0 ? (BigInt(whole) * unitsPerToken).toString() : "-1";
}
