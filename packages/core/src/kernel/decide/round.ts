import { accepts } from "../../matching/accepts.ts";
import { bestRegion } from "../../matching/regions.ts";
import type { ModeRules } from "../../rules/rules.ts";
import type { RoundFill } from "../commands.ts";
import type { KernelEvent, RoundLeft, TicketEndReason } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { currentMode, currentRules, isOffered, recordOf, standingIn } from "../lookups.ts";
import type { Match, Player, Standing, Ticket } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import type { State } from "../state.ts";
import { type Asked, askedIn } from "./asked.ts";
import { createdMatch } from "./created-match.ts";
import { pickTickets, proposalProblem } from "./pick-tickets.ts";
import { refuse } from "./refuse.ts";

/**
 * Tickets register for a round, whole or not at all: the first ones open it. Everybody in it accepts everybody, and
 * it never has more players than its mode allows.
 */
export function decideFill(state: State, command: RoundFill): KernelEvent[] {
  if (command.term !== state.term) return refuse(command, "STALE_TERM");
  if (command.rulesVersion !== state.rulesVersion) return refuse(command, "STALE_RULES");
  if (state.haltedAt !== undefined) return refuse(command, "INVALID_STATE");
  const pool = state.pools.get(command.pool);
  const mode = pool && currentMode(state, pool.mode);
  if (pool === undefined || mode === undefined || mode.round === null)
    return refuse(command, "QUEUE_NOT_FOUND");
  const known = state.matches.get(command.match);
  const problem = known === undefined ? proposalProblem(state, command, mode) : joinProblem(known, command);
  if (problem !== null) return refuse(command, problem);
  const picked = pickTickets(state, command.pool, [command.tickets]);
  if (typeof picked === "string") return refuse(command, picked);
  const [tickets] = picked.teams;
  const members = [...(known === undefined ? [] : standingsOf(known)), ...picked.standings[0]];
  const fits = members.length <= mode.round.playersMax && tickets.length > 0;
  if (!fits || !acceptAll(state, members, { mode, from: members.length - tickets.length }))
    return refuse(command, "CONSTRAINTS_NOT_SATISFIED");
  const place = bestRegion(members, mode.search, state.time);
  if (place === null && mode.search.regions !== undefined)
    return refuse(command, "CONSTRAINTS_NOT_SATISFIED");
  const region = place?.region ?? null;
  const first = known?.players.length ?? 0;
  const { stake } = picked.standings[0][0];
  const players = tickets.map((ticket, index) =>
    entrantOf(state, ticket, { mode, team: first + index, stake }),
  );
  const ids = tickets.map(({ id }) => id);
  if (known !== undefined) return [{ type: "round.joined", match: known.id, region, tickets: ids, players }];
  const created = createdMatch(state, command, {
    mode,
    tier: pool.tier,
    pool: pool.key,
    contest: null,
    state: "FORMING",
    deadline: state.time + mode.round.registrationMs,
    region,
    winProbabilities: [],
    tickets: ids,
    players,
  });
  return [created];
}

/** A ticket returns from a round that is still forming to waiting, for a player who is away. */
export function dropFromRound(state: State, match: Match, ticketId: Ticket["id"]): RoundLeft {
  const awayUntil = state.time + kernelLimits.ticketGraceMs;
  const ticket = state.tickets.get(ticketId) as Ticket;
  const ended = isOffered(state, ticket, currentRules(state)) ? null : "mode_removed";
  return leaveRound(match, ticketId, { ended, awayUntil });
}

/** A ticket leaves a round that is still forming; null: it returns to waiting. */
export function leaveRound(
  match: Match,
  ticketId: Ticket["id"],
  cause: Asked & { ended: TicketEndReason | null; awayUntil?: number },
): RoundLeft {
  const { ended, awayUntil = Number.POSITIVE_INFINITY } = cause;
  const left = match.players.filter((player) => player.ticketId === ticketId);
  return {
    type: "round.left",
    match: match.id,
    ticket: ticketId,
    players: left.map(({ id }) => id),
    ended,
    awayUntil,
    ...askedIn(cause),
  };
}

function joinProblem(match: Match, command: RoundFill): RefusalCode | null {
  if (match.phase.state !== "FORMING" || match.pool !== command.pool) return "INVALID_STATE";
  return match.rulesVersion === command.rulesVersion ? null : "STALE_RULES";
}

function standingsOf({ tickets, pool }: Match): Standing[] {
  return tickets.flatMap((ticket) => standingIn(ticket, pool) ?? []);
}

/** Whether those from a place on accept everybody before them and each other. */
function acceptAll(
  state: State,
  members: readonly Standing[],
  { mode, from }: { mode: ModeRules; from: number },
): boolean {
  for (let own = from; own < members.length; own += 1) {
    for (let other = 0; other < own; other += 1) {
      if (accepts(members[own], members[other], mode.search, state.time) !== null) return false;
    }
  }
  return true;
}

function entrantOf(
  state: State,
  ticket: Ticket,
  { mode, team, stake }: { mode: ModeRules; team: number; stake: bigint },
) {
  const [player] = ticket.playerIds;
  const { rating } = recordOf(state.players.get(player) as Player, mode, state.plugins);
  return { player, team, ticket: ticket.id, rating, role: null, stake };
}
