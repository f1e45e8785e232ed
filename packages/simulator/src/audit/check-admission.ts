import type { KernelEvent, MatchCreated, ModeRules, PlayerId, TicketId } from "@matchforge/core";
import type { Check, Violate } from "./check.ts";
import type { Chronicle, KnownTicket } from "./chronicle.ts";
import { type Met, refusalOf } from "./may-meet.ts";

/**
 * Whoever is put into a match waits in its pool, is there, may be matched by now, and accepts everybody else in it by the
 * rules in force; teams have their sizes and roles, and there are no more matches than the mode allows.
 */
export function checkAdmission(violate: Violate): Check {
  const opponents = new Map<PlayerId, { opponent: PlayerId; at: number }[]>();
  const met: Met = (player) => opponents.get(player) ?? [];
  return {
    event(event, moment) {
      const { chronicle } = moment;
      if (event.type === "match.created") {
        judgeMatch(event, chronicle, { met, violate });
      } else if (event.type === "round.joined") {
        const match = chronicle.matches.get(event.match);
        if (match === undefined) return;
        const { pool } = match.created;
        const fresh = event.tickets;
        judgeTickets({ fresh, all: [...match.tickets, ...fresh], pool, mode: match.mode }, chronicle, {
          met,
          violate,
        });
        const players = match.entrants.size + event.players.length;
        if (players > (match.mode.round?.playersMax ?? 0)) violate(`7: ${match.id} has ${players} players`);
      } else if (event.type === "match.resolved") remember(event, chronicle.time, opponents);
      else if (event.type === "player.evicted") opponents.delete(event.player);
    },
  };
}

interface Court {
  readonly met: Met;
  readonly violate: Violate;
}

function judgeMatch(event: MatchCreated, chronicle: Chronicle, court: Court): void {
  const { violate } = court;
  const { match, rulesVersion, pool, tickets, players } = event;
  if (chronicle.matches.has(match)) violate(`4: ${match} is made twice`);
  if (rulesVersion !== chronicle.rulesVersion) violate(`7: ${match} is made under rules ${rulesVersion}`);
  const mode = chronicle.mode(rulesVersion, event.mode);
  if (mode === undefined) return violate(`7: ${match} is made in a mode that there is not`);
  if (new Set(players.map(({ player }) => player)).size !== players.length)
    violate(`1: ${match} is made with a player twice`);
  const live = [...chronicle.matches.values()].filter((other) => other.mode.id === mode.id).length;
  if (live >= mode.maxLiveMatches) violate(`7: ${match} is one more than ${mode.id} may have`);
  judgeTickets({ fresh: tickets, all: tickets, pool, mode }, chronicle, court);
  if (mode.round === null && event.contest?.isSiege !== true) judgeTeams(event, mode, chronicle, violate);
}

/** The fresh ones wait and are there; each accepts everybody. */
function judgeTickets(
  joining: {
    readonly fresh: readonly TicketId[];
    readonly all: readonly TicketId[];
    readonly pool: string;
    readonly mode: ModeRules;
  },
  chronicle: Chronicle,
  { met, violate }: Court,
): void {
  const { pool, mode } = joining;
  const { time } = chronicle;
  const all = joining.all.map((id) => chronicle.tickets.get(id)).filter((known) => known !== undefined);
  for (const id of joining.fresh) {
    const ticket = chronicle.tickets.get(id);
    const why = ticket === undefined ? "it was never queued" : unfitness(ticket, pool, chronicle);
    if (why !== null) violate(`2: ${id} is matched in ${pool}, but ${why}`);
    for (const other of ticket === undefined ? [] : all) {
      const refusal =
        other === ticket ? null : refusalOf(ticket as KnownTicket, other, { pool, mode, time, met });
      if (refusal !== null) violate(`7: ${id} meets ${other.queued.ticket}: ${refusal}`);
    }
  }
}

function unfitness({ place, queued }: KnownTicket, pool: string, chronicle: Chronicle): string | null {
  const standing = queued.standings.find((one) => one.pool === pool);
  if (place !== "waiting") return `it is ${place}`;
  if (standing === undefined) return "it does not wait there";
  if (standing.eligibleAt > chronicle.time) return `not before ${standing.eligibleAt}`;
  const away = queued.players.find((player) => !chronicle.isPresent(player));
  return away === undefined ? null : `${away} is away`;
}

function judgeTeams(
  { match, players, tickets }: MatchCreated,
  mode: ModeRules,
  chronicle: Chronicle,
  violate: Violate,
): void {
  mode.teams.forEach((size, team) => {
    const { min, max } = typeof size === "number" ? { min: size, max: size } : size;
    const own = players.filter((player) => player.team === team);
    if (own.length < min || own.length > max)
      violate(`7: team ${team} of ${match} has ${own.length} players`);
    for (const { role, count } of mode.roles)
      if (own.filter((player) => player.role === role).length !== count)
        violate(`7: team ${team} of ${match} has not ${count} of ${role}`);
  });
  for (const id of tickets) {
    const teams = new Set(players.filter(({ ticket }) => ticket === id).map(({ team }) => team));
    const named = players.filter(({ ticket }) => ticket === id).length;
    if (teams.size !== 1 || named !== chronicle.tickets.get(id)?.queued.players.length)
      violate(`7: ${id} is torn apart in ${match}`);
  }
}

function remember(
  { result }: Extract<KernelEvent, { type: "match.resolved" }>,
  at: number,
  opponents: Map<PlayerId, { opponent: PlayerId; at: number }[]>,
): void {
  for (const own of result.players) {
    const met = result.players.filter(({ team }) => team !== own.team);
    const known = opponents.get(own.player) ?? [];
    const fresh = met.map(({ player }) => ({ opponent: player, at }));
    opponents.set(own.player, [...known, ...fresh].slice(-keptMax));
  }
}

/** As many as the kernel remembers of anybody. */
const keptMax = 40;
