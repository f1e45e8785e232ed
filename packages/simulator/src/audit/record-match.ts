import type { KernelEvent, MatchCreated, MatchId, ModeRules, TicketId } from "@matchforge/core";
import type { Chronicle, Entrants, KnownMatch } from "./chronicle.ts";
import { itemDone } from "./record-server.ts";

/** What a fault of ours adds to the deadlines of the matches it touched. */
const faultExtensionMs = 30_000;

/** Notes what an event says of tickets and matches. */
export function recordMatch(chronicle: Chronicle, event: KernelEvent): void {
  switch (event.type) {
    case "ticket.queued": {
      const { time } = chronicle;
      const waiting = { place: "waiting", waitsSince: time, aloneSince: null } as const;
      chronicle.tickets.set(event.ticket, { queued: event, queuedAt: time, ...waiting });
      for (const player of event.players) chronicle.lastTickets.set(player, event.ticket);
      return;
    }
    case "node.orphaned":
      for (const id of event.matches) {
        const match = chronicle.matches.get(id);
        if (match === undefined) continue;
        match.deadline += faultExtensionMs;
        for (const [item, at] of match.due) match.due.set(item, at + faultExtensionMs);
      }
      return;
    case "ticket.ended":
      return place(chronicle, event.ticket, "ended");
    case "match.created":
      return created(chronicle, event);
    default:
      if ("match" in event && event.match !== null) within(chronicle, event, event.match);
  }
}

const nothingDone = { accepted: false, notified: false, forfeited: false };

function created(chronicle: Chronicle, event: MatchCreated): void {
  const match: KnownMatch = {
    id: event.match,
    created: event,
    createdAt: chronicle.time,
    mode: chronicle.mode(event.rulesVersion, event.mode) as ModeRules,
    entrants: new Map(),
    tickets: [],
    phase: event.state,
    deadline: event.deadline,
    text: null,
    startedAt: 0,
    counting: false,
    pot: 0n,
    payouts: new Map(),
    due: new Map(),
    loaded: new Set(),
    allocation: null,
    passes: new Map(),
    standing: null,
    claims: new Map(),
  };
  chronicle.matches.set(event.match, match);
  enter(chronicle, match, event.players);
}

function enter(chronicle: Chronicle, match: KnownMatch, players: Entrants): void {
  for (const { player, team, ticket, stake } of players) {
    match.entrants.set(player, { ...nothingDone, team, ticket, stake });
    place(chronicle, ticket, match.id);
    if (!match.tickets.includes(ticket)) match.tickets = [...match.tickets, ticket];
  }
}

function within(chronicle: Chronicle, event: KernelEvent, id: MatchId): void {
  const match = chronicle.matches.get(id);
  if (match === undefined) return;
  switch (event.type) {
    case "round.joined":
      return enter(chronicle, match, event.players);
    case "round.left":
      for (const player of event.players) match.entrants.delete(player);
      [...match.entrants.values()].forEach((own, team) => {
        own.team = team;
      });
      match.tickets = match.tickets.filter((ticket) => ticket !== event.ticket);
      return leave(chronicle, event.ticket, event.ended);
    case "siege.joined": {
      const { team, stake } = event;
      match.entrants.set(event.player, { ...nothingDone, team, ticket: null, stake });
      return;
    }
    case "siege.left":
      match.entrants.delete(event.player);
      return;
    case "match.accepted":
    case "match.notified": {
      const own = match.entrants.get(event.player);
      if (own === undefined) return;
      own.notified = true;
      if (event.type === "match.accepted") own.accepted = true;
      return;
    }
    default:
      moved(chronicle, match, event);
  }
}

function moved(chronicle: Chronicle, match: KnownMatch, event: KernelEvent): void {
  switch (event.type) {
    case "match.preparing":
      match.phase = "PREPARING";
      match.deadline = event.deadline;
      for (const [item, at] of Object.entries(event.due ?? {}))
        match.due.set(item as "escrow" | "loading", at);
      for (const { player, amount } of event.stakes ?? []) {
        const own = match.entrants.get(player);
        if (own !== undefined) own.stake = amount;
      }
      return;
    case "match.escrowed":
      for (const { stake } of match.entrants.values()) match.pot += stake;
      return itemDone(match, "escrow");
    case "match.ready":
      match.phase = "READY";
      match.deadline = event.startsAt;
      return;
    case "match.dispatched":
      match.deadline = event.startsAt;
      return;
    case "match.beginning":
    case "match.settlement_late":
    case "round.extended":
      match.deadline = event.deadline;
      return;
    case "match.started":
      match.phase = "ACTIVE";
      match.deadline = event.endsAt;
      match.text = event.text;
      match.startedAt = chronicle.time;
      for (const ticket of match.tickets) place(chronicle, ticket, "ended");
      return;
    case "match.counting":
      match.counting = true;
      match.deadline = event.deadline;
      return;
    case "match.forfeited": {
      const own = match.entrants.get(event.player);
      if (own !== undefined) own.forfeited = true;
      return;
    }
    case "match.resolved":
      match.phase = "RESOLVED";
      match.deadline = event.deadline;
      match.payouts = new Map(event.result.players.map(({ player, payout }) => [player, payout]));
      return;
    case "match.settled":
      return end(chronicle, match, "SETTLED");
    case "match.voided":
      return end(chronicle, match, "VOIDED");
    case "match.cancelled":
      for (const { ticket, ended } of event.fates) leave(chronicle, ticket, ended);
      return end(chronicle, match, "CANCELLED");
  }
}

function end(chronicle: Chronicle, match: KnownMatch, ending: "SETTLED" | "CANCELLED" | "VOIDED"): void {
  chronicle.matches.delete(match.id);
  chronicle.endings.set(match.id, ending);
}

function leave(chronicle: Chronicle, id: TicketId, ended: string | null): void {
  place(chronicle, id, ended === null ? "waiting" : "ended");
  const ticket = chronicle.tickets.get(id);
  if (ticket === undefined || ended !== null) return;
  ticket.waitsSince = chronicle.time;
  ticket.aloneSince = ticket.queued.players.every((player) => chronicle.isPresent(player))
    ? null
    : chronicle.time;
}

function place(chronicle: Chronicle, id: TicketId, where: "waiting" | "ended" | MatchId): void {
  const ticket = chronicle.tickets.get(id);
  if (ticket !== undefined) ticket.place = where;
}
