import type { PlayerId, PoolKey } from "../ids.ts";
import type { Rating } from "../ratings/rating.ts";
import { ratingSystemOf } from "../ratings/system-of-rules.ts";
import type { ModeRules, Rules } from "../rules/rules.ts";
import type { Match, MatchPlayer, Player, Standing, Ticket } from "./model.ts";
import type { RatingRecord } from "./records.ts";
import type { State } from "./state.ts";

/** The rules in force; undefined before the first `rules.configure`. */
export function currentRules(state: State): Rules | undefined {
  return state.rules.get(state.rulesVersion);
}

/** A mode of the rules in force. */
export function currentMode(state: State, id: string): ModeRules | undefined {
  return findMode(currentRules(state), id);
}

/** The rules a match was made under; they are kept as long as it lives. */
export function modeOfMatch(state: State, match: Match): ModeRules {
  const mode = findMode(state.rules.get(match.rulesVersion), match.mode);
  if (mode === undefined) throw new Error(`rules ${match.rulesVersion} of ${match.id} are gone`);
  return mode;
}

function findMode(rules: Rules | undefined, id: string): ModeRules | undefined {
  if (rules === undefined) return undefined;
  for (const mode of rules.modes) if (mode.id === id) return mode;
  return undefined;
}

/** Whether a ticket can still be played for what it waits for: all its modes and stakes stand in these rules. */
export function isOffered(state: State, ticket: Ticket, rules: Rules | undefined): boolean {
  return ticket.standings.every((standing) => {
    const pool = state.pools.get(standing.pool);
    const mode = pool && findMode(rules, pool.mode);
    if (mode === undefined) return false;
    const offered = mode.stakes.find((stake) => stake.tier === pool?.tier);
    return standing.stake === (offered === undefined ? 0n : BigInt(offered.stake));
  });
}

/** A player's record in a mode, or what a newcomer has. */
export function recordOf(player: Player, mode: ModeRules): RatingRecord {
  for (const record of player.records) if (record.mode === mode.id) return record;
  return newcomer(mode);
}

export function newcomer(mode: ModeRules): RatingRecord {
  const rating = mode.rating === null ? unrated : ratingSystemOf(mode.rating).initial();
  return { mode: mode.id, ...rating, wins: 0, meanWpm: 0 };
}

const unrated: Rating = { rating: 0, deviation: 0, volatility: 0, games: 0 };

export function matchPlayerOf(match: Match, player: PlayerId): MatchPlayer | undefined {
  for (const candidate of match.players) if (candidate.id === player) return candidate;
  return undefined;
}

export function standingIn(ticket: Ticket, pool: PoolKey): Standing | undefined {
  for (const standing of ticket.standings) if (standing.pool === pool) return standing;
  return undefined;
}

export function isPresent(state: State, player: PlayerId): boolean {
  const record = state.players.get(player);
  return record !== undefined && record.epoch !== 0;
}

/** A match's next deadline: its phase's, or the first forfeit for being away. */
export function matchDeadline(match: Match): number {
  let deadline = match.phase.deadline;
  if (match.phase.state !== "ACTIVE") return deadline;
  for (const player of match.players) {
    if (!player.forfeited && player.absentUntil < deadline) deadline = player.absentUntil;
  }
  return deadline;
}

/** A ticket's next deadline: warning, end, or the end of its grace without a player. */
export function ticketDeadline(ticket: Ticket): number {
  if (ticket.state !== "waiting") return Number.POSITIVE_INFINITY;
  const next = ticket.warned ? ticket.endAt : Math.min(ticket.warnAt, ticket.endAt);
  return Math.min(next, ticket.absentUntil);
}
