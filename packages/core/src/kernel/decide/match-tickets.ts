import type { MatchAdmit, MatchRedeem } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import type { Match, MatchPlayer } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import type { State } from "../state.ts";
import { memberOf } from "./match.ts";
import { refuse } from "./refuse.ts";

/** A player asks for a fresh match ticket: the one before is worth nothing from here on. */
export function decideAdmit(state: State, entryPosition: number, command: MatchAdmit): KernelEvent[] {
  const member = memberOf(state, command);
  if (typeof member === "string") return refuse(command, member);
  const { match, own } = member;
  if (!isOpen(match) || own.forfeited) return refuse(command, "INVALID_STATE");
  return [
    {
      type: "match.admitted",
      match: match.id,
      player: own.id,
      serial: entryPosition,
      until: state.time + kernelLimits.matchTicketMs,
      ...(command.origin !== undefined && { origin: command.origin }),
    },
  ];
}

/** The log's order lets exactly one redemption of a match ticket through. */
export function decideRedeem(state: State, command: MatchRedeem): KernelEvent[] {
  const member = memberOf(state, command);
  if (typeof member === "string") return refuse(command, member);
  const { match, own } = member;
  const isCurrent = match.allocation?.attempt === command.attempt;
  if (!isOpen(match) || !isCurrent) return refuse(command, "MATCH_TICKET_INVALID");
  const fault = faultOf(own, { serial: command.serial, time: state.time });
  if (fault !== undefined) return refuse(command, fault);
  return [{ type: "match.redeemed", match: match.id, player: own.id, serial: command.serial }];
}

function faultOf(
  { forfeited, matchTicket }: MatchPlayer,
  { serial, time }: { readonly serial: number; readonly time: number },
): RefusalCode | undefined {
  if (forfeited) return "INVALID_STATE";
  if (matchTicket?.serial !== serial) return "MATCH_TICKET_INVALID";
  if (matchTicket.isRedeemed) return "MATCH_TICKET_USED";
  return matchTicket.until <= time ? "MATCH_TICKET_EXPIRED" : undefined;
}

/** Whether a match has a server that its players may go to. */
function isOpen({ phase, allocation }: Match): boolean {
  return phase.state !== "RESOLVED" && allocation !== undefined && allocation.server !== null;
}
