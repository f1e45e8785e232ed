import type { KernelEvent, TicketId } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";
import type { KnownMatch } from "./chronicle.ts";

type Stage = KnownMatch["phase"];

/** In which state of a match each event may happen. */
const stagesOf: Readonly<Partial<Record<KernelEvent["type"], readonly Stage[]>>> = {
  "round.joined": ["FORMING"],
  "round.left": ["FORMING"],
  "round.extended": ["FORMING"],
  "siege.joined": ["FORMING"],
  "siege.left": ["FORMING"],
  "match.accepted": ["MATCHED"],
  "match.preparing": ["FORMING", "MATCHED", "PREPARING"],
  "match.escrowed": ["PREPARING"],
  "match.loaded": ["PREPARING"],
  "match.allocating": ["PREPARING", "READY"],
  "match.allocated": ["PREPARING", "READY"],
  "match.unallocated": ["PREPARING", "READY"],
  "match.server_lost": ["PREPARING", "READY"],
  "match.admitted": ["PREPARING", "READY", "ACTIVE"],
  "match.redeemed": ["PREPARING", "READY", "ACTIVE"],
  "match.stood": ["ACTIVE"],
  "match.claimed": ["ACTIVE"],
  "match.ready": ["PREPARING", "READY"],
  "match.dispatched": ["READY"],
  "match.beginning": ["READY"],
  "match.started": ["READY"],
  "match.checkpointed": ["ACTIVE"],
  "match.finished": ["ACTIVE"],
  "match.forfeited": ["ACTIVE"],
  "match.counting": ["ACTIVE"],
  "match.resolved": ["ACTIVE"],
  "match.settled": ["RESOLVED"],
  "match.settlement_late": ["RESOLVED"],
  "match.voided": ["ACTIVE"],
  "match.cancelled": ["FORMING", "MATCHED", "PREPARING", "READY"],
};

const ticketGraceMs = 15_000;

/** A ticket ends once and keeps its age until then; a match moves as the table says, ends once, and tells its deadlines. */
export function checkLifecycle(violate: Violate): Check {
  return {
    event(event, moment) {
      judgeTicket(event, moment, violate);
      judgeStage(event, moment, violate);
      if (event.type === "match.accepted") judgeAccept(event, moment, violate);
      else if (event.type === "match.preparing") judgeReadiness(event, moment, violate);
      else if (event.type === "match.forfeited") judgeForfeit(event, moment, violate);
      else if (event.type === "match.beginning" || event.type === "match.started")
        judgePresence(event, moment, violate);
    },
    end({ events, state, chronicle }) {
      for (const event of events) {
        if (!("match" in event) || event.match === null) continue;
        const promised = chronicle.matches.get(event.match)?.deadline;
        const actual = state.matches.get(event.match)?.phase.deadline;
        if (promised !== actual)
          violate(`3: the deadline of ${event.match} is ${actual}, its players were told ${promised}`);
      }
    },
  };
}

function judgeTicket(event: KernelEvent, moment: Moment, violate: Violate): void {
  const { chronicle } = moment;
  switch (event.type) {
    case "ticket.queued":
      if (chronicle.tickets.has(event.ticket)) violate(`2: ${event.ticket} is queued a second time`);
      return;
    case "ticket.ended": {
      if (event.reason === "disconnected") judgeAbsence(event, moment, violate);
      const place = chronicle.tickets.get(event.ticket)?.place;
      if (place !== "waiting") violate(`2: ${event.ticket} ends (${event.reason}) when it is ${place}`);
      return;
    }
    case "round.left":
      if (event.ended === null) judgeReturn(event.ticket, moment, violate);
      return;
    case "match.cancelled": {
      const known = chronicle.matches.get(event.match)?.tickets ?? [];
      const named = event.fates.map(({ ticket }) => ticket);
      if (known.length !== named.length || !known.every((ticket) => named.includes(ticket)))
        violate(`2: ${event.match} is cancelled with ${known.length} tickets, ${named.length} are told`);
      for (const { ticket, ended } of event.fates) if (ended === null) judgeReturn(ticket, moment, violate);
      return;
    }
  }
}

/** A ticket lives a while without all its players. */
function judgeAbsence(
  { ticket }: Extract<KernelEvent, { type: "ticket.ended" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  const aloneMs = chronicle.time - (chronicle.tickets.get(ticket)?.aloneSince ?? chronicle.time);
  if (aloneMs < ticketGraceMs) violate(`2: ${ticket} ends after ${aloneMs} ms alone`);
}

/** Whoever does not give up has time to come back. */
function judgeForfeit(
  { match: id, player }: Extract<KernelEvent, { type: "match.forfeited" }>,
  { entry: { command }, chronicle }: Moment,
  violate: Violate,
): void {
  if (command.type === "match.abandon" && command.player === player) return;
  const graceMs = chronicle.matches.get(id)?.mode.graceMs ?? 0;
  const awayMs = chronicle.time - (chronicle.players.get(player)?.awaySince ?? 0);
  if (chronicle.isPresent(player) || awayMs < graceMs)
    violate(`4: ${player} forfeits ${id} after ${awayMs} ms away`);
}

/** When a countdown ends everybody is there; only a round begins without those who are not. */
function judgePresence(
  { match: id, type }: Extract<KernelEvent, { type: "match.beginning" | "match.started" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  if (match === undefined || match.mode.round !== null || match.mode.countdownMs === 0) return;
  // Between the end of the countdown and its text somebody may go: that is play already.
  if (type === "match.started" && match.mode.game !== "external") return;
  const away = [...match.entrants.keys()].filter((player) => !chronicle.isPresent(player));
  if (away.length > 0) violate(`4: ${id} begins without ${away.join()}`);
}

/** A ticket that waits again does so with its age, before everybody who was not called in vain. */
function judgeReturn(id: TicketId, { state, chronicle }: Moment, violate: Violate): void {
  const ticket = state.tickets.get(id);
  const known = chronicle.tickets.get(id);
  if (ticket === undefined || known === undefined || ticket.state !== "waiting") return;
  if (ticket.enqueuedAt !== known.queuedAt)
    violate(`2: ${id} waits again since ${ticket.enqueuedAt}, not ${known.queuedAt}`);
  for (const standing of ticket.standings) {
    for (const other of state.pools.get(standing.pool)?.index.byAge.chunks.flat() ?? []) {
      if (other.orderAt === other.enqueuedAt && other.orderAt <= standing.orderAt)
        violate(`2: ${id} waits again behind ${other.ticketId}`);
    }
  }
}

function judgeStage(event: KernelEvent, { chronicle }: Moment, violate: Violate): void {
  const allowed = stagesOf[event.type];
  if (allowed === undefined || !("match" in event) || event.match === null) return;
  const stage = chronicle.matches.get(event.match)?.phase ?? chronicle.endings.get(event.match);
  if (!allowed.some((one) => one === stage)) violate(`4: ${event.type} of ${event.match}, which is ${stage}`);
}

function judgeAccept(
  { match, player, ready, total }: Extract<KernelEvent, { type: "match.accepted" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  const entrants = [...(chronicle.matches.get(match)?.entrants.values() ?? [])];
  const accepted = entrants.filter((own) => own.accepted).length;
  if (chronicle.matches.get(match)?.entrants.get(player)?.accepted)
    violate(`4: ${player} accepts ${match} twice`);
  if (ready !== accepted + 1 || total !== entrants.length)
    violate(`4: ${match} counts ${ready} of ${total}, not ${accepted + 1} of ${entrants.length}`);
}

/** Nobody is taken along who was asked and has not accepted. */
function judgeReadiness(
  { match: id }: Extract<KernelEvent, { type: "match.preparing" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  if (match?.phase !== "MATCHED") return;
  for (const [player, { accepted }] of match.entrants)
    if (!accepted) violate(`4: ${id} goes on without the word of ${player}`);
}
