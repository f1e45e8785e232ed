import type { PlayerId, PoolKey } from "../ids.ts";
import { noPlugins, type Plugins } from "../plugins/plugins.ts";
import { ratingSystemOf } from "../plugins/rating-system-of.ts";
import type { Rating } from "../ratings/rating.ts";
import { fitsAsTicket } from "../rules/format-of.ts";
import type { ModeRules, Rules } from "../rules/rules.ts";
import { wishesFit } from "../rules/wishes-fit.ts";
import type { Crew, Match, MatchPlayer, Party, Player, Pool, Standing, Ticket } from "./model.ts";
import type { RatingRecord } from "./records.ts";
import { hasTier, shareOf, stakeOfTier } from "./stakes.ts";
import type { State } from "./state.ts";

/**
 * The rules in force; undefined before the first `rules.configure`.
 *
 * @example
 * currentRules(createState()); // undefined
 */
export function currentRules(state: State): Rules | undefined {
  return state.rules.get(state.rulesVersion);
}

/**
 * A mode of the rules in force; undefined where they have none of this id.
 *
 * @example
 * const waveMs = currentMode(state, "duel")?.waveMs;
 */
export function currentMode(state: State, id: string): ModeRules | undefined {
  return findMode(currentRules(state), id);
}

/**
 * How many new matches of a mode there may be at once now.
 *
 * @example
 * const matches = waves.run({ now, at, matchesMax: matchesMaxOf(state, mode), budget, skip });
 */
export function matchesMaxOf(
  { liveMatches }: State,
  { id, matchesPerWaveMax, maxLiveMatches }: ModeRules,
): number {
  return Math.min(matchesPerWaveMax, Math.max(0, maxLiveMatches - (liveMatches.get(id) ?? 0)));
}

/**
 * The rules a match was made under; they are kept as long as it lives.
 *
 * @throws Error where the state has no such rules: the match is not one of its own.
 * @example
 * const { durationMs } = modeOfMatch(state, match);
 */
export function modeOfMatch(state: State, match: Match): ModeRules {
  const mode = findMode(state.rules.get(match.rulesVersion), match.mode);
  if (mode === undefined) throw new Error(`rules ${match.rulesVersion} of ${match.id} are gone`);
  return mode;
}

/**
 * Whether others may know who plays: some modes keep opponents from knowing each other before all have accepted.
 *
 * @example
 * const names = isRevealed(state, match) ? match.players.map(({ id }) => id) : [];
 */
export function isRevealed(state: State, match: Match): boolean {
  return match.phase.state !== "MATCHED" || modeOfMatch(state, match).revealOpponent === "found";
}

function findMode(rules: Rules | undefined, id: string): ModeRules | undefined {
  if (rules === undefined) return undefined;
  for (const mode of rules.modes) if (mode.id === id) return mode;
  return undefined;
}

/**
 * Whether a ticket can still be played for what it waits for: under these rules all its modes are there and on, at
 * its stakes, and have room for a ticket like it.
 */
export function isOffered(state: State, ticket: Ticket, rules: Rules | undefined): boolean {
  return ticket.standings.every((standing) => {
    const pool = state.pools.get(standing.pool);
    const mode = pool && findMode(rules, pool.mode);
    if (mode === undefined || !mode.enabled || !mode.available) return false;
    if (!fitsAsTicket(mode, standing.playerIds.length) || !wishesFit(mode, standing.wishes)) return false;
    if (ticket.crew !== undefined && mode.search.sideDifferenceMax === undefined) return false;
    const { territory } = pool as Pool;
    const isThere = territory === null ? mode.territories.length === 0 : mode.territories.includes(territory);
    const { tier } = pool as Pool;
    if (!isThere || !hasTier(mode, tier)) return false;
    const stake = stakeOfTier(mode, tier);
    return standing.stake === shareOf(mode, { stake, players: standing.playerIds.length });
  });
}

/**
 * A player's record in a mode, or what a newcomer has.
 *
 * @example
 * const { rating, wins } = recordOf(player, mode, state.plugins);
 */
export function recordOf(player: Player, mode: ModeRules, plugins: Plugins = noPlugins): RatingRecord {
  for (const record of player.records) if (record.mode === mode.id) return record;
  return newcomer(mode, plugins);
}

/**
 * What a player has in a mode before the first match: the rating that its rating system begins with, or 0
 * without one.
 *
 * @example
 * newcomer(defineMode({ id: "quick" })).rating; // 0
 */
export function newcomer(mode: ModeRules, plugins: Plugins = noPlugins): RatingRecord {
  const rating = mode.rating === null ? unrated : ratingSystemOf(mode.rating, plugins).initial();
  return { mode: mode.id, ...rating, wins: 0, meanWpm: 0 };
}

const unrated: Rating = { rating: 0, deviation: 0, volatility: 0, games: 0 };

/**
 * A player as a match has them; undefined for somebody who is not in it.
 *
 * @example
 * const forfeited = matchPlayerOf(match, player)?.forfeited;
 */
export function matchPlayerOf(match: Match, player: PlayerId): MatchPlayer | undefined {
  for (const candidate of match.players) if (candidate.id === player) return candidate;
  return undefined;
}

export function standingIn(ticket: Ticket, pool: PoolKey): Standing | undefined {
  for (const standing of ticket.standings) if (standing.pool === pool) return standing;
  return undefined;
}

/**
 * Whether a player is connected; false for somebody the shard does not know.
 *
 * @example
 * isPresent(createState(), player); // false
 */
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

/** When the first invitation of a party or crew ends; Infinity while there is none. */
export function invitationsDeadline({ invitations }: Pick<Party, "invitations">): number {
  let deadline = Number.POSITIVE_INFINITY;
  for (const { until } of invitations) if (until < deadline) deadline = until;
  return deadline;
}

/**
 * The ticket with which a party waits or is matched; undefined before and once play has begun.
 *
 * @example
 * const isQueued = partyTicket(state, party)?.state === "waiting";
 */
export function partyTicket(state: State, { id, members }: Party): Ticket | undefined {
  const players = members.map(({ player }) => player);
  return ticketOf(state, players, ({ party }) => party === id);
}

/**
 * The ticket with which a crew waits or is matched; undefined before and once play has begun.
 *
 * @example
 * const isQueued = crewTicket(state, crew)?.state === "waiting";
 */
export function crewTicket(state: State, { id, members }: Crew): Ticket | undefined {
  return ticketOf(state, members, ({ crew }) => crew === id);
}

function ticketOf(
  state: State,
  players: readonly PlayerId[],
  isTheirs: (ticket: Ticket) => boolean,
): Ticket | undefined {
  for (const player of players) {
    const known = state.players.get(player);
    const waiting = known?.ticket == null ? undefined : state.tickets.get(known.ticket);
    if (waiting !== undefined && isTheirs(waiting)) return waiting;
    const match = known?.match == null ? undefined : state.matches.get(known.match);
    const matched = match?.tickets.find(isTheirs);
    if (matched !== undefined) return matched;
  }
  return undefined;
}

/**
 * The rounds of a pool that still register players under the rules in force, with those in them.
 *
 * @example
 * for (const { match, members } of openRounds(state, pool.key)) show(match, members.length);
 */
export function openRounds(state: State, pool: PoolKey): { match: Match["id"]; members: Standing[] }[] {
  const forming = state.pools.get(pool)?.forming ?? [];
  return forming.flatMap((id) => {
    const match = state.matches.get(id);
    if (match === undefined || match.rulesVersion !== state.rulesVersion) return [];
    return [{ match: id, members: match.tickets.flatMap((ticket) => standingIn(ticket, pool) ?? []) }];
  });
}
