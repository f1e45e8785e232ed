import {
  defineMode,
  type HoldRules,
  type ModeRules,
  type RatingRules,
  type StakeTier,
  type Widening,
} from "@matchforge/core";
import { wireLimits } from "@matchforge/protocol";
import type { TableReader } from "./table-reader.ts";

const unitsPerToken = 1_000_000_000_000_000_000n;
const basisPoints = 10_000;
const wireName = new RegExp(`^[A-Za-z0-9_.-]{1,${wireLimits.nameLengthMax}}$`);

/** One `[[modes]]` of a rules file; what it leaves out is as the specification has it. */
export function readMode(mode: TableReader): ModeRules {
  const format = mode.table("format");
  const search = mode.table("search");
  const readyCheck = mode.optionalTable("ready_check");
  const stakes = readStakes(mode);
  const rules = defineMode({
    id: readId(mode),
    enabled: mode.flag("enabled", true),
    available: mode.flag("available", true),
    teams: format.numbers("teams", [1, 1]),
    game: mode.oneOf("game", ["typing_duel", "external"], "external"),
    stakes,
    burnBps: Math.round(mode.number("burn", 0.1) * basisPoints),
    rating: readRating(mode.optionalTable("rating")),
    requires: mode.someOf("requires", ["loading", "escrow", "server"]),
    ...readSearch(search),
    readyCheckMs: readyCheck === undefined ? null : readyCheck.seconds("timeout", 15),
    revealOpponent: mode.oneOf("reveal_opponent", ["found", "accepted"], "found"),
    countdownMs: mode.seconds("countdown", 5),
    durationMs: mode.seconds("duration", 60),
    graceMs: mode.seconds("grace", 30),
    maxTickets: mode.number("max_tickets", 1_000_000),
    maxLiveMatches: mode.number("max_live_matches", 100_000),
    waveMs: mode.number("wave_ms", 50),
    matchesPerWaveMax: mode.number("matches_per_wave", 1_000),
    priority: mode.number("priority", 0),
  });
  for (const table of [format, search, readyCheck, mode]) table?.end();
  if (rules.available) checkPlayable(rules, { mode, format });
  return rules;
}

/** A mode that is offered and could never come to a match would keep its players waiting for nothing. */
function checkPlayable(
  { teams, requires }: ModeRules,
  { mode, format }: { mode: TableReader; format: TableReader },
): void {
  const isDuel = teams.length === 2 && teams.every((size) => size === 1);
  if (!isDuel) format.note("teams", "[1, 1], which alone is matched here, or available = false", teams);
  const isAlone = requires.every((requirement) => requirement === "escrow");
  if (!isAlone) mode.note("requires", "escrow alone, or available = false: no game server is here", requires);
}

/** Whole tokens under a key, in the smallest unit as decimal text; "0" where there are none. */
export function amountOf(table: TableReader, key: string): string {
  const given = table.value(key);
  if (given === undefined) return "0";
  if (Number.isSafeInteger(given) && Number(given) >= 0)
    return (BigInt(Number(given)) * unitsPerToken).toString();
  table.note(key, "whole tokens, 0 or more", given);
  return "0";
}

function readId(mode: TableReader): string {
  const id = mode.requiredText("id");
  checkName(mode, { key: "id", name: id });
  return id;
}

/** A name no message can carry could never be played. */
function checkName(table: TableReader, { key, name }: { key: string; name: string }): void {
  if (name === "" || wireName.test(name)) return;
  table.note(key, `a name of at most ${wireLimits.nameLengthMax} letters, digits, _, . or -`, name);
}

type Search = Pick<ModeRules, "search" | "warnAfterMs" | "maxWaitMs" | "antiSnipeMs">;

function readSearch(search: TableReader): Search {
  const rematch = search.optionalTable("avoid_rematch");
  const hold = readHold(search);
  const snipe = search.optionalTable("anti_snipe");
  const rules: Search = {
    search: {
      widening: readWidening(search),
      avoidRematch:
        rematch === undefined
          ? null
          : { last: rematch.number("last", 3), forMs: rematch.seconds("for", 120) },
      ...(hold !== undefined && { hold }),
    },
    warnAfterMs: search.seconds("warn_after", 120),
    maxWaitMs: search.seconds("max_wait", 300),
    antiSnipeMs: snipe?.secondsRange("delay", [0, 0]) ?? [0, 0],
  };
  rematch?.end();
  snipe?.end();
  return rules;
}

/** A list of steps, or a table: a gap that grows with every second. */
function readWidening(search: TableReader): Widening {
  const given = search.value("widening");
  if (!Array.isArray(given) && given !== undefined) {
    const linear = search.inside("widening", given);
    const [gap, perSecond, max] = [
      linear.number("gap", 100),
      linear.number("per_second", 5),
      linear.number("max", 500),
    ];
    linear.end();
    return { kind: "linear", gap, perSecond, max };
  }
  const steps = search.tables("widening").map((step) => {
    const read = { afterMs: step.seconds("after", 0), gap: step.numberOrAny("gap") };
    step.end();
    return read;
  });
  return { kind: "steps", steps };
}

function readRating(rating: TableReader | undefined): RatingRules | null {
  if (rating === undefined) return null;
  const rules = readSystem(rating);
  rating.end();
  return rules;
}

function readSystem(rating: TableReader): RatingRules {
  const system = rating.oneOf("system", ["elo", "glicko2", "weng_lin"], "elo");
  switch (system) {
    case "elo":
      return {
        system,
        initial: rating.number("initial", 1200),
        k: rating.number("k", 32),
        rounding: rating.oneOf("rounding", ["truncate", "none"], "truncate"),
      };
    case "glicko2":
      return {
        system,
        initial: rating.number("initial", 1500),
        deviation: rating.number("deviation", 350),
        volatility: rating.number("volatility", 0.06),
        tau: rating.number("tau", 0.5),
        periodsPerMatch: rating.number("periods_per_match", 1),
      };
    case "weng_lin":
      return {
        system,
        initial: rating.number("initial", 1500),
        deviation: rating.number("deviation", 350),
        beta: rating.number("beta", 25 / 6),
        tau: rating.number("tau", 25 / 300),
      };
  }
}

/** Keeps matches back for better ones: seconds, or "arrivals", which goes by how many come. */
function readHold(search: TableReader): HoldRules | undefined {
  const given = search.value("hold");
  const pointsPerSecond = search.number("gap_per_second", 10);
  if (given === undefined || given === 0) return undefined;
  if (given === "arrivals") return { kind: "arrivals", pointsPerSecond };
  if (typeof given === "number" && given > 0) {
    return { kind: "fixed", forMs: given * 1_000, pointsPerSecond };
  }
  search.note("hold", 'seconds, 0 or more, or "arrivals"', given);
  return undefined;
}

/** The tiers from the lowest stake up: their order in the file means nothing. */
function readStakes(mode: TableReader): StakeTier[] {
  const stakes = mode.optionalTable("stakes");
  if (stakes === undefined) return [];
  const tiers = stakes.keys().map((tier) => {
    checkName(mode, { key: "stakes", name: tier });
    return { tier, stake: amountOf(stakes, tier) };
  });
  return tiers.sort((left, right) => {
    const [lower, higher] = [BigInt(left.stake), BigInt(right.stake)];
    if (lower === higher) return left.tier < right.tier ? -1 : 1;
    return lower < higher ? -1 : 1;
  });
}
