import type { KernelEvent, MatchCreated, MatchResolved, State } from "@matchforge/core";
import type { Instruments } from "./instruments.ts";

/** Counts what an applied entry led to; `state` is the state after it. */
export function observeEvents(instruments: Instruments, events: readonly KernelEvent[], state: State): void {
  for (const event of events) observe(instruments, event, state);
}

function observe(instruments: Instruments, event: KernelEvent, state: State): void {
  switch (event.type) {
    case "match.created":
      instruments.created.inc({ mode: event.mode });
      return observeWaits(instruments, event, state);
    case "match.cancelled":
      return instruments.cancelled.inc({ mode: event.mode, reason: event.reason });
    case "match.voided":
      return instruments.voided.inc();
    case "match.resolved":
      return observeResult(instruments, event);
    case "ticket.ended":
      return instruments.ticketsEnded.inc({ reason: event.reason });
    case "player.connected": {
      const player = state.players.get(event.player);
      const isBack = player !== undefined && (player.ticket !== null || player.match !== null);
      if (isBack) instruments.reconnections.inc();
      return;
    }
    case "player.disconnected":
      return instruments.disconnections.inc();
    case "match.preparing":
    case "match.loaded":
    case "match.allocating":
    case "match.allocated":
      return instruments.preparation.observe(event, {
        match: state.matches.get(event.match),
        time: state.time,
      });
    case "server.lost":
      return instruments.serversLost.inc({ reason: event.reason });
    case "violation":
      return instruments.violations.inc({ code: event.code });
  }
}

/** The match still has its tickets: they are let go only when play begins. */
function observeWaits({ waits }: Instruments, { match: id, mode }: MatchCreated, state: State): void {
  const match = state.matches.get(id);
  for (const { enqueuedAt } of match?.tickets ?? []) {
    waits.observe({ mode }, ((match?.createdAt ?? enqueuedAt) - enqueuedAt) / 1_000);
  }
}

function observeResult(
  { durations, forfeited, completed }: Instruments,
  { mode, result }: MatchResolved,
): void {
  durations.observe({ mode }, result.durationMs / 1_000);
  if (result.endReason === "forfeit") forfeited.inc({ mode });
  else completed.inc({ mode, end_reason: result.endReason });
}
