import { nothingTyped } from "../../games/typing/typed.ts";
import { rememberWait } from "../../matching/wait-history.ts";
import type {
  MatchAccepted,
  MatchBeginning,
  MatchCheckpointed,
  MatchCounting,
  MatchCreated,
  MatchDispatched,
  MatchEscrowed,
  MatchFinished,
  MatchForfeited,
  MatchNotifiedEvent,
  MatchPreparing,
  MatchReady,
  MatchStarted,
} from "../events.ts";
import { matchPlayerOf, standingIn } from "../lookups.ts";
import type { Match, MatchPlayer, Phase, Player, Pool, SecretEpoch, Ticket } from "../model.ts";
import { assertMove } from "../moves.ts";
import type { State } from "../state.ts";
import { withoutItem } from "./checklist.ts";
import { scheduleMatch } from "./deadline.ts";
import { rememberAsked, rememberRequest } from "./request.ts";
import { openContest } from "./territory.ts";
import { customOf, leavePools, opponentsOf, releaseSecret } from "./ticket.ts";

export function created(state: State, event: MatchCreated): void {
  const tickets = event.tickets.map((id) => state.tickets.get(id) as Ticket);
  const match: Match = {
    kind: "match",
    id: event.match,
    deadline: Number.POSITIVE_INFINITY,
    heapIndex: -1,
    mode: event.mode,
    tier: event.tier,
    pool: event.pool,
    contest: event.contest,
    rulesVersion: event.rulesVersion,
    secretEpoch: event.secretEpoch,
    round:
      event.state === "FORMING" && event.contest === null
        ? (state.pools.get(event.pool)?.roundCount ?? 0) + 1
        : null,
    createdAt: state.time,
    formedAt: state.time,
    stake: event.stake,
    commitment: event.commitment,
    region: event.region,
    map: event.map,
    server: null,
    custom: customOf(tickets),
    players: event.players.map(matchPlayerFrom),
    tickets,
    pot: 0n,
    extensions: 0,
    phase: firstPhase(event),
  };
  state.matches.set(match.id, match);
  state.liveMatches.set(match.mode, (state.liveMatches.get(match.mode) ?? 0) + 1);
  (state.secretEpochs.get(match.secretEpoch) as SecretEpoch).uses += 1;
  for (const ticket of tickets) takeTicket(state, ticket, match);
  openContest(state, match);
  if (match.round !== null) openRound(state.pools.get(match.pool) as Pool, match);
  if (match.phase.state !== "FORMING") countMatch(state, match);
  rememberAsked(state, event);
  scheduleMatch(state, match);
}

/** Rounds are listed with their pool for as long as they register; a siege is joined by its id. */
function openRound(pool: Pool, match: Match): void {
  pool.roundCount += 1;
  pool.forming = [...pool.forming, match.id];
}

function formingIn(state: State, { pool }: Match): readonly Match["id"][] {
  return (state.pools.get(pool) as Pool).forming;
}

/** A round registers nobody any more. */
export function endForming(state: State, match: Match): void {
  if (match.round === null || match.phase.state !== "FORMING") return;
  (state.pools.get(match.pool) as Pool).forming = formingIn(state, match).filter((id) => id !== match.id);
}

function firstPhase({ state, deadline }: MatchCreated): Phase {
  switch (state) {
    case "FORMING":
      return { state, deadline, extended: false };
    case "MATCHED":
      return { state, deadline };
    case "PREPARING":
      return { state, deadline, pending: null };
  }
}

type Entrant = Omit<MatchCreated["players"][number], "ticket"> & { readonly ticket: Ticket["id"] | null };

export function matchPlayerFrom(entry: Entrant): MatchPlayer {
  return {
    id: entry.player,
    team: entry.team,
    ticketId: entry.ticket,
    rating: entry.rating,
    role: entry.role,
    stake: entry.stake,
    accepted: false,
    notified: false,
    absentUntil: Number.POSITIVE_INFINITY,
    orphaned: false,
    typed: nothingTyped,
    checkpointAt: 0,
    finishedAt: null,
    final: false,
    forfeited: false,
  };
}

export function takeTicket(state: State, ticket: Ticket, match: Match): void {
  leavePools(state, ticket);
  ticket.state = "matched";
  state.deadlines.remove(ticket);
  learnWait(state.pools.get(match.pool) as Pool, ticket, state.time - ticket.enqueuedAt);
  for (const id of ticket.playerIds) {
    const player = state.players.get(id) as Player;
    player.ticket = null;
    player.match = match.id;
  }
}

/** A moving average over about the last twenty matched tickets. */
function learnWait(pool: Pool, ticket: Ticket, waitMs: number): void {
  const rating = standingIn(ticket, pool.key)?.rating ?? 0;
  rememberWait(pool.waits, { rating, waitMs });
  pool.matchedCount += 1;
  const weight = pool.matchedCount < 20 ? 1 / pool.matchedCount : 0.05;
  pool.meanWaitMs += (waitMs - pool.meanWaitMs) * weight;
}

/** A siege has no tickets, and so no pool. */
function countMatch(state: State, match: Match): void {
  const pool = state.pools.get(match.pool);
  if (pool !== undefined) pool.matchCount += 1;
}

function move(state: State, match: Match, phase: Phase): void {
  if (match.phase.state !== phase.state) assertMove(match.phase.state, phase.state);
  if (match.phase.state === "FORMING" && phase.state === "PREPARING") countMatch(state, match);
  endForming(state, match);
  match.phase = phase;
  scheduleMatch(state, match);
}

function memberIn(
  state: State,
  event: { match: Match["id"]; player: MatchPlayer["id"] },
): [Match, MatchPlayer] {
  const match = state.matches.get(event.match) as Match;
  return [match, matchPlayerOf(match, event.player) as MatchPlayer];
}

export function notified(state: State, event: MatchNotifiedEvent): void {
  memberIn(state, event)[1].notified = true;
}

export function accepted(state: State, event: MatchAccepted): void {
  const player = memberIn(state, event)[1];
  player.accepted = true;
  player.notified = true;
  rememberRequest(state, event.player, event.origin);
}

export function preparing(state: State, event: MatchPreparing): void {
  const match = state.matches.get(event.match) as Match;
  for (const effect of event.effects) state.effects.set(effect.key, effect);
  for (const { player: id, amount } of event.stakes ?? []) settleShare(state, match, { id, amount });
  const { deadline, pending, due } = event;
  move(state, match, { state: "PREPARING", deadline, pending, ...(due !== undefined && { due }) });
}

/** What was locked beyond a player's share is free again. */
function settleShare(state: State, match: Match, { id, amount }: { id: Player["id"]; amount: bigint }): void {
  const own = matchPlayerOf(match, id) as MatchPlayer;
  (state.players.get(id) as Player).available += own.stake - amount;
  own.stake = amount;
}

/** The stakes move from the tickets' locks to the pot; what a ticket locked beyond its stake is free again. */
export function escrowed(state: State, event: MatchEscrowed): void {
  const match = state.matches.get(event.match) as Match;
  state.effects.delete(event.key);
  for (const { id, stake, ticketId } of match.players) {
    const ticket = match.tickets.find((own) => own.id === ticketId);
    if (ticket !== undefined) (state.players.get(id) as Player).available += ticket.stake - stake;
    match.pot += stake;
  }
  if (match.phase.state !== "PREPARING") return;
  move(state, match, withoutItem(match.phase, "escrow"));
}

export function ready(state: State, event: MatchReady): void {
  const match = state.matches.get(event.match) as Match;
  move(state, match, {
    state: "READY",
    deadline: event.startsAt,
    startsAt: event.startsAt,
    beginning: false,
    awaitsDispatch: event.awaitsDispatch,
  });
}

export function dispatched(state: State, event: MatchDispatched): void {
  const match = state.matches.get(event.match) as Match;
  match.server = event.server;
  if (match.phase.state !== "READY") return;
  const { startsAt } = event;
  move(state, match, { ...match.phase, deadline: startsAt, startsAt, awaitsDispatch: false });
}

export function beginning(state: State, event: MatchBeginning): void {
  const match = state.matches.get(event.match) as Match;
  state.effects.set(event.effect.key, event.effect);
  if (match.phase.state !== "READY") return;
  move(state, match, { ...match.phase, deadline: event.deadline, beginning: true });
}

export function started(state: State, event: MatchStarted): void {
  const match = state.matches.get(event.match) as Match;
  state.effects.delete(`begin:${match.id}`);
  for (const ticket of match.tickets) {
    if (match.pot === 0n) unlock(state, ticket);
    state.tickets.delete(ticket.id);
    releaseSecret(state, ticket.secretEpoch);
  }
  match.tickets = [];
  for (const player of match.players) player.checkpointAt = event.startedAt;
  for (const away of event.absent)
    memberIn(state, { match: match.id, player: away.player })[1].absentUntil = away.until;
  move(state, match, {
    state: "ACTIVE",
    deadline: event.endsAt,
    startedAt: event.startedAt,
    endsAt: event.endsAt,
    counting: false,
    text: event.text,
    salt: event.salt,
  });
}

/** A ticket that also waited where stakes are played has locked one that nobody plays for. */
function unlock(state: State, ticket: Ticket): void {
  for (const id of ticket.playerIds) (state.players.get(id) as Player).available += ticket.stake;
}

export function checkpointed(state: State, event: MatchCheckpointed): void {
  const player = memberIn(state, event)[1];
  player.typed = event.typed;
  player.final = event.final;
  player.checkpointAt = state.time;
}

export function finished(state: State, event: MatchFinished): void {
  const player = memberIn(state, event)[1];
  player.typed = event.typed;
  player.final = true;
  player.finishedAt = state.time;
}

export function forfeited(state: State, event: MatchForfeited): void {
  const [match, player] = memberIn(state, event);
  player.forfeited = true;
  scheduleMatch(state, match);
  rememberRequest(state, event.player, event.origin);
}

export function counting(state: State, event: MatchCounting): void {
  const match = state.matches.get(event.match) as Match;
  if (match.phase.state !== "ACTIVE") return;
  move(state, match, { ...match.phase, deadline: event.deadline, counting: true });
}

/** Puts a ticket of a cancelled match back at the front of its pools, with its original age. */
export function requeueTicket(state: State, ticket: Ticket): void {
  ticket.state = "waiting";
  for (const standing of ticket.standings) {
    standing.orderAt = standing.enqueuedAt - requeuedFirstMs;
    standing.recentOpponents = opponentsOf(state, ticket.playerIds);
    state.pools.get(standing.pool)?.index.add(standing);
  }
  for (const id of ticket.playerIds) {
    const player = state.players.get(id) as Player;
    player.match = null;
    player.ticket = ticket.id;
  }
}

/** A requeued ticket stands before everyone who has not been requeued: no wait is this long. */
const requeuedFirstMs = 86_400_000;
