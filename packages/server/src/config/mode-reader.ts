import { defineMode, type ModeRules, type StakeTier } from "@matchforge/core";
import { readFormat, readPartyRating, readRound, readSiege } from "./format-reader.ts";
import { readRating } from "./rating-reader.ts";
import { readSearch } from "./search-reader.ts";
import type { TableReader } from "./table-reader.ts";
import { checkName } from "./wire-name.ts";

const unitsPerToken = 1_000_000_000_000_000_000n;
const basisPoints = 10_000;

/** One `[[modes]]` of a rules file; what it leaves out is as the specification has it. */
export function readMode(mode: TableReader): ModeRules {
  const formatTable = mode.table("format");
  const { sideDifferenceMax, ...format } = readFormat(formatTable);
  const searchTable = mode.table("search");
  const search = readSearch(searchTable);
  const readyCheck = mode.optionalTable("ready_check");
  const stakes = readStakes(mode);
  const rules = defineMode({
    id: readId(mode),
    enabled: mode.flag("enabled", true),
    available: mode.flag("available", true),
    ...format,
    round: readRound(mode),
    partyRating: readPartyRating(mode),
    maps: mode.texts("maps", []),
    territories: mode.texts("territories", []),
    siege: readSiege(mode),
    game: mode.oneOf("game", ["typing_duel", "external"], "external"),
    stakes,
    stakePer: mode.oneOf("stake_per", ["player", "side"], "player"),
    burnBps: Math.round(mode.number("burn", 0.1) * basisPoints),
    rating: readRating(mode.optionalTable("rating")),
    requires: mode.someOf("requires", ["loading", "escrow", "server"]),
    ...readServed(mode),
    ...search,
    search: { ...search.search, ...(sideDifferenceMax !== undefined && { sideDifferenceMax }) },
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
  for (const table of [formatTable, searchTable, readyCheck, mode]) table?.end();
  if (rules.available) checkPlayable(rules, mode);
  return rules;
}

/** A mode that is offered and could never come to a match would keep its players waiting for nothing. */
function checkPlayable({ game, teams }: ModeRules, mode: TableReader): void {
  const isDuel = teams.length === 2 && teams.every((size) => size === 1);
  if (game === "typing_duel" && !isDuel && teams.length >= 2)
    mode.note("game", "external, because a typing duel is played by two", game);
}

/** What only modes have that wait for loading clients or servers; left out, the kernel knows what to do. */
function readServed(mode: TableReader): Pick<ModeRules, "loadingMs" | "serverLabels" | "serverLost"> {
  return {
    ...(mode.has("loading") && { loadingMs: mode.seconds("loading", 30) }),
    ...(mode.has("server_labels") && { serverLabels: readLabels(mode) }),
    ...(mode.has("server_lost") && { serverLost: mode.oneOf("server_lost", ["void", "standing"], "void") }),
  };
}

function readLabels(mode: TableReader): Readonly<Record<string, string>> {
  const labels = mode.table("server_labels");
  const names = labels.keys();
  const read = names.map((name): [string, string] => [name, labels.requiredText(name)]);
  labels.end();
  return Object.fromEntries(read);
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
