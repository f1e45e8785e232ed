import {
  type Match,
  type MatchPlayer,
  modeOfMatch,
  type PlayerId,
  type ReportedTeam,
  type ServerId,
  type State,
} from "@matchforge/core";
import type { ShownTicket } from "../servers/game-host.ts";
import type { Random } from "../time/random.ts";
import type { PlayMoves } from "./play-moves.ts";

/** How a player goes about loading one match and telling its result. */
export interface ServedTemper {
  readonly loads: "soon" | "late" | "never";
  readonly joins: "soon" | "late";
  readonly reports: "truth" | "lie" | "nothing";
}

/** A match ticket and the server that it is shown to. */
export interface Showing {
  readonly server: ServerId;
  readonly ticket: ShownTicket;
}

/** How long before its end a slow client has loaded. */
const lastMomentMs = 1_000;

/** Draws a player's temper for a match. */
export function drawServedTemper(random: Random): ServedTemper {
  const loads = random.fraction();
  const reports = random.fraction();
  return {
    loads: loads < 0.04 ? "late" : loads < 0.07 ? "never" : "soon",
    joins: random.chance(0.3) ? "late" : "soon",
    reports: reports < 0.03 ? "lie" : reports < 0.08 ? "nothing" : "truth",
  };
}

interface Situation {
  readonly state: State;
  readonly match: Readonly<Match>;
  readonly own: Readonly<MatchPlayer>;
  readonly random: Random;
  readonly temper: ServedTemper;
}

/** What a player does about loading, match tickets and the result of a game played elsewhere; undefined: nothing of that. */
export function servedMoves(situation: Situation): PlayMoves | undefined {
  return loadingMoves(situation) ?? ticketMoves(situation) ?? claimMoves(situation);
}

/** Whether a mode's players, and nobody else, tell the result. */
export function isToldByPlayers(state: State, match: Match): boolean {
  const { game, requires } = modeOfMatch(state, match);
  return game === "external" && requires.includes("loading") && !requires.includes("server");
}

function loadingMoves({ state, match, own, random, temper }: Situation): PlayMoves | undefined {
  const { phase } = match;
  if (phase.state !== "PREPARING" || phase.due === undefined) return undefined;
  const named = { match: match.id, player: own.id };
  if (match.allocation?.isPending && random.chance(0.02))
    return { request: { type: "match.abandon", ...named } };
  if (own.loaded) return random.chance(0.02) ? { told: [{ type: "match.loaded", ...named }] } : undefined;
  if (!phase.pending?.includes("loading")) return undefined;
  if (random.chance(0.006)) return { request: { type: "match.abandon", ...named } };
  const leftMs = (phase.due.loading ?? 0) - state.time;
  const hasLoaded = temper.loads === "late" ? leftMs <= lastMomentMs : random.chance(0.5);
  if (temper.loads === "never" || !hasLoaded) return {};
  return { request: { type: "match.loaded", ...named } };
}

/** Shows the match ticket to the server, or asks for another one; some show it twice, or to somebody else. */
function ticketMoves({ state, match, own, random, temper }: Situation): PlayMoves | undefined {
  const { matchTicket } = own;
  const server = match.allocation?.server ?? null;
  if (server === null || matchTicket === undefined || match.phase.state === "RESOLVED") return undefined;
  const { serial, until, isRedeemed } = matchTicket;
  const ticket = { match: match.id, player: own.id, serial };
  if (isRedeemed) return random.chance(0.01) ? { shown: [{ server, ticket }] } : undefined;
  const isExpired = until <= state.time;
  if (isExpired && random.chance(0.4)) return { shown: [{ server, ticket }] };
  if (random.chance(isExpired ? 0.6 : 0.03)) {
    const request = { type: "match.admit", match: match.id, player: own.id } as const;
    // What was asked for makes the one at hand worthless: it is shown all the same.
    return { request, ...(random.chance(0.5) && { shown: [{ server, ticket }] }) };
  }
  const isDawdling = temper.joins === "late" && !isExpired;
  if (isDawdling || !random.chance(0.4)) return undefined;
  const others = [...state.servers.values()].filter(({ id, matches }) => id !== server && matches.length > 0);
  const isLost = others.length > 0 && random.chance(0.08);
  return { shown: [{ server: isLost ? random.pick(others).id : server, ticket }] };
}

/** Says who has won: mostly all say the same. */
function claimMoves({ state, match, own, random, temper }: Situation): PlayMoves | undefined {
  if (match.phase.state !== "ACTIVE" || !isToldByPlayers(state, match)) return undefined;
  const named = { type: "match.claim", match: match.id, player: own.id } as const;
  if (own.claim !== undefined)
    return random.chance(0.03)
      ? { told: [{ ...named, teams: claimedBy(match, random.between(0, 1)) }] }
      : undefined;
  if (temper.reports === "nothing" || !random.chance(0.06)) return undefined;
  const lie = temper.reports === "lie" ? 1 : 0;
  return { request: { ...named, teams: claimedBy(match, match.createdAt + lie) } };
}

/** The teams of a match, the one that a number falls to first. */
function claimedBy({ players }: Match, number: number): readonly ReportedTeam[] {
  const teams = new Map<number, PlayerId[]>();
  for (const { id, team } of players) teams.set(team, [...(teams.get(team) ?? []), id]);
  const winner = Math.floor(number) % teams.size;
  return [...teams]
    .sort(([left], [right]) => left - right)
    .map(([team, own]) => ({
      players: own,
      rank: team === winner ? 1 : 2,
    }));
}
