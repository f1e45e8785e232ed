import type { MatchClaim, MatchResultCommand, MatchStanding } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { modeOfMatch } from "../lookups.ts";
import type { Match, ReportedTeam } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import { resolveByReport } from "../resolve.ts";
import type { State } from "../state.ts";
import { memberOf } from "./match.ts";
import { refuse } from "./refuse.ts";

/** The result of a game by the server it is played on: the newest server of the match, while it is in play. */
export function decideResult(state: State, command: MatchResultCommand): KernelEvent[] {
  const played = playedOn(state, command);
  if (typeof played === "string") return refuse(command, played);
  const { match, ranks } = played;
  return resolveByReport(state, match, { ranks, endReason: "completed" });
}

/** How the game stands, for the case that its server is lost. */
export function decideStanding(state: State, command: MatchStanding): KernelEvent[] {
  const played = playedOn(state, command);
  if (typeof played === "string") return refuse(command, played);
  return [{ type: "match.stood", match: played.match.id, ranks: played.ranks }];
}

function playedOn(
  state: State,
  { match: id, attempt, teams }: MatchResultCommand | MatchStanding,
): { readonly match: Match; readonly ranks: readonly number[] } | RefusalCode {
  const match = state.matches.get(id);
  if (match === undefined) return "MATCH_NOT_FOUND";
  const { phase, allocation } = match;
  if (phase.state !== "ACTIVE" || allocation === undefined) return "INVALID_STATE";
  if (allocation.attempt !== attempt || allocation.server === null) return "STALE_EPOCH";
  const ranks = ranksOf(match, teams);
  return ranks === undefined ? "INVALID_RESULT" : { match, ranks };
}

/** The result of a game by one of its players, who says it once; only where no server could tell it. */
export function decideClaim(state: State, command: MatchClaim): KernelEvent[] {
  const member = memberOf(state, command);
  if (typeof member === "string") return refuse(command, member);
  const { match, own } = member;
  const { game, requires } = modeOfMatch(state, match);
  const isTheirs = game === "external" && !requires.includes("server");
  if (match.phase.state !== "ACTIVE" || !isTheirs || own.forfeited) return refuse(command, "INVALID_STATE");
  const ranks = ranksOf(match, command.teams);
  if (ranks === undefined) return refuse(command, "INVALID_RESULT");
  if (own.claim !== undefined) return areEqual(own.claim, ranks) ? [] : refuse(command, "INVALID_STATE");
  const { origin } = command;
  return [
    {
      type: "match.claimed",
      match: match.id,
      player: own.id,
      ranks,
      ...(origin !== undefined && { origin }),
    },
  ];
}

function areEqual(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((rank, team) => rank === right[team]);
}

/**
 * The rank of each team by a result that names every player of the match once, in the teams of the match; undefined
 * for one that does not, or whose teams are told by anything but all ranks or all scores.
 *
 * @example
 * ranksOf(match, [{ players: ["player_ada"], score: 3 }, { players: ["player_bob"], score: 1 }]); // [1, 2]
 */
export function ranksOf(
  { players }: Pick<Match, "players">,
  teams: readonly ReportedTeam[],
): number[] | undefined {
  const count = new Set(players.map(({ team }) => team)).size;
  if (teams.length !== count) return undefined;
  for (const [team, { players: named }] of teams.entries()) {
    const own = players.filter((player) => player.team === team).map(({ id }): string => id);
    if (named.length !== own.length || !own.every((id) => named.includes(id))) return undefined;
  }
  return teams.every(({ score }) => score === undefined) ? ranked(teams) : scored(teams);
}

function ranked(teams: readonly ReportedTeam[]): number[] | undefined {
  const ranks = teams.map(({ rank }) => rank);
  const isRank = (rank: number | undefined): rank is number =>
    Number.isInteger(rank) && Number(rank) >= 1 && Number(rank) <= teams.length;
  if (!ranks.every(isRank)) return undefined;
  // Who says the same says it in the same numbers: 2 and 2 are a tie, as 1 and 1 are.
  return ranks.map((own) => 1 + ranks.filter((other) => other < own).length);
}

/** The highest score is the best; equal scores share a rank. */
function scored(teams: readonly ReportedTeam[]): number[] | undefined {
  const scores = teams.map(({ rank, score }) => (rank === undefined ? score : undefined));
  const isScore = (score: number | undefined): score is number =>
    Number.isFinite(score) && Math.abs(Number(score)) <= kernelLimits.scoreMax;
  if (!scores.every(isScore)) return undefined;
  return scores.map((own) => 1 + scores.filter((other) => other > own).length);
}
