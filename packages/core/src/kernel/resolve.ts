import { rankStandings, statsOf } from "../games/typing/standing.ts";
import { splitPot } from "../money/split-pot.ts";
import { ratable, ratingSystemOf } from "../plugins/rating-system-of.ts";
import { rateSafely, type SafeAnswer } from "../ratings/safely.ts";
import type { ModeRules } from "../rules/rules.ts";
import type { KernelEvent, MatchResolved, MatchSettled } from "./events.ts";
import { kernelLimits } from "./limits.ts";
import { modeOfMatch, recordOf } from "./lookups.ts";
import type { Effect, EndReason, Match, MatchResult, Player, PlayerResult } from "./model.ts";
import type { RatingRecord } from "./records.ts";
import type { State } from "./state.ts";
import { takenBy } from "./take-territory.ts";
import { voided } from "./voided.ts";

/** Decides a typed game by what each player has typed. Nobody loses while we keep them away: such a match is void. */
export function resolveByStanding(state: State, match: Match, endReason: EndReason): KernelEvent[] {
  const ranks = rankStandings(match.players);
  const best = Math.min(...ranks);
  const isOurs = match.players.some(
    ({ orphaned, forfeited, team }) => orphaned && !forfeited && ranks[team] > best,
  );
  if (isOurs) return [voided(match, "a fault of ours kept a player away")];
  return resolveByRanks(state, match, { ranks, endReason });
}

/** Teams whose players have all given up are behind those that still play. */
export function resolveByForfeit(state: State, match: Match, playing: ReadonlySet<number>): KernelEvent[] {
  const ranks = teamsOf(match).map((team) => (playing.has(team) ? 1 : 2));
  return resolveByRanks(state, match, { ranks, endReason: "forfeit" });
}

/** The result of a game played elsewhere: whoever reports it, teams that gave up stand behind all that played on. */
export function resolveByReport(
  state: State,
  match: Match,
  { ranks: reported, endReason }: { ranks: readonly number[]; endReason: EndReason },
): KernelEvent[] {
  const playing = new Set(match.players.filter(({ forfeited }) => !forfeited).map(({ team }) => team));
  const behind = playing.size === 0 ? 0 : Math.max(...reported);
  const ranks = reported.map((rank, team) => (playing.has(team) ? rank : rank + behind));
  return resolveByRanks(state, match, { ranks, endReason });
}

/**
 * A game that goes on without anybody who could tell its result: by the mode's rule it is decided by the newest
 * standing, where there is one, or void.
 */
export function resolveWithoutServer(state: State, match: Match, why: string): KernelEvent[] {
  const { standing: ranks } = match;
  if (modeOfMatch(state, match).serverLost !== "standing" || ranks === undefined) return [voided(match, why)];
  return resolveByReport(state, match, { ranks, endReason: "timeout" });
}

/** The result of a match from the rank of each team: outcomes, ratings, payouts, and whose a territory is. */
export function resolveByRanks(
  state: State,
  match: Match,
  { ranks, endReason }: { ranks: readonly number[]; endReason: EndReason },
): KernelEvent[] {
  const mode = modeOfMatch(state, match);
  const best = Math.min(...ranks);
  const tie = ranks.every((rank) => rank === best);
  const winners = tie
    ? []
    : match.players.filter(({ team, forfeited }) => ranks[team] === best && !forfeited);
  const shares = splitPot({ pot: match.pot, burnBps: mode.burnBps, winners: winners.length });
  const startedAt = match.phase.state === "ACTIVE" ? match.phase.startedAt : state.time;
  const { value: after, fault } = ratedRecords(state, match, { mode, ranks });
  const players = match.players.map((player, index): PlayerResult => {
    const won = winners.includes(player);
    const outcome = tie ? "tie" : won ? "win" : "loss";
    const timeMs = (player.finishedAt ?? state.time) - startedAt;
    const { wpm, accuracy } = statsOf(player.typed, { length: 1, timeMs });
    const before = recordOf(state.players.get(player.id) as Player, mode, state.plugins);
    const payout = match.pot === 0n ? 0n : tie ? player.stake : won ? shares.each : 0n;
    return {
      player: player.id,
      team: player.team,
      outcome,
      typed: player.typed,
      accuracy,
      wpm,
      timeMs,
      payout,
      before,
      after: counted(before, after[index], { won, wpm: mode.game === "typing_duel" ? wpm : null }),
    };
  });
  const result: MatchResult = {
    endReason,
    winners: winners.map((player) => player.id),
    players,
    burned: tie ? 0n : shares.burned,
    durationMs: state.time - startedAt,
  };
  const effect: Effect | null =
    match.pot === 0n
      ? null
      : { key: `settle:${match.id}`, kind: "settle", matchId: match.id, since: state.time };
  const resolved: MatchResolved = {
    type: "match.resolved",
    match: match.id,
    mode: match.mode,
    result,
    deadline: state.time + kernelLimits.settleAlertEveryMs,
    effect,
    ...(fault !== undefined && { fault }),
  };
  return winners.length === 0 ? [resolved] : [resolved, ...takenBy(state, match, winners[0].team)];
}

/** The payouts of a match's result, once the chain has confirmed them. */
export function settledEvent(
  match: Match,
  proof: { key: string | null; txHash: string | null },
): MatchSettled {
  if (match.phase.state !== "RESOLVED") throw new Error(`${match.id} has no result to settle`);
  const { players, burned } = match.phase.result;
  const paid = players.filter((player) => player.payout > 0n);
  return {
    type: "match.settled",
    match: match.id,
    ...proof,
    payouts: paid.map(({ player, payout }) => ({ player, amount: payout })),
    burned,
  };
}

function teamsOf(match: Match): number[] {
  return [...new Set(match.players.map((player) => player.team))];
}

/** New ratings of all players, from the ratings before the match; unrated modes leave them as they are. */
function ratedRecords(
  state: State,
  match: Match,
  { mode, ranks }: { mode: ModeRules; ranks: readonly number[] },
): SafeAnswer<readonly RatingRecord[]> {
  const { plugins } = state;
  const before = match.players.map(({ id }) => recordOf(state.players.get(id) as Player, mode, plugins));
  if (mode.rating === null) return { value: before };
  const system = ratingSystemOf(mode.rating, plugins);
  const teams = teamsOf(match).map((team) => ({
    rank: ranks[team],
    ratings: before
      .filter((_, index) => match.players[index].team === team)
      .map((record) => ratable(record, system.initial())),
  }));
  const { value: rated, ...trouble } = rateSafely(system, teams);
  const taken = teams.map(() => 0);
  const value = match.players.map((player, index) => {
    const { rating, deviation, volatility } = rated[player.team][taken[player.team]];
    taken[player.team] += 1;
    return { ...before[index], rating, deviation, volatility };
  });
  return { value, ...trouble };
}

/** The record after one more game. */
function counted(
  before: RatingRecord,
  rated: RatingRecord,
  game: { readonly won: boolean; readonly wpm: number | null },
): RatingRecord {
  const games = before.games + 1;
  return {
    ...rated,
    games,
    wins: before.wins + (game.won ? 1 : 0),
    meanWpm: game.wpm === null ? before.meanWpm : before.meanWpm + (game.wpm - before.meanWpm) / games,
  };
}
