import type { KernelEvent } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";

/**
 * A match ticket lets its player in once: the newest one, in its time, at the server of its match, and only while the
 * match has that server.
 */
export function checkMatchTickets(violate: Violate): Check {
  const redeemed = new Set<string>();
  return {
    event(event, moment) {
      if (event.type === "match.redeemed") judgeRedemption(event, moment, { redeemed, violate });
      else if (event.type === "match.admitted") judgeIssue(event, moment, violate);
    },
  };
}

function judgeRedemption(
  { match: id, player, serial }: Extract<KernelEvent, { type: "match.redeemed" }>,
  { entry: { command }, chronicle }: Moment,
  { redeemed, violate }: { readonly redeemed: Set<string>; readonly violate: Violate },
): void {
  const match = chronicle.matches.get(id);
  const pass = match?.passes.get(player);
  const name = `${player}'s ticket ${serial} to ${id}`;
  if (match === undefined || pass === undefined) return violate(`11: ${name} was never issued`);
  if (pass.serial !== serial) violate(`11: ${name} is redeemed, the newest is ${pass.serial}`);
  if (pass.isRedeemed || redeemed.has(name)) violate(`11: ${name} is redeemed twice`);
  if (pass.until <= chronicle.time)
    violate(`11: ${name} is redeemed at ${chronicle.time}, after ${pass.until}`);
  const isItsServer = command.type === "match.redeem" && command.attempt === match.allocation?.attempt;
  if (!isItsServer || match.allocation?.server == null)
    violate(`11: ${name} is redeemed at a server that does not play it`);
  if (match.entrants.get(player)?.forfeited) violate(`11: ${name} is redeemed after ${player} gave up`);
  redeemed.add(name);
}

function judgeIssue(
  { match: id, player, serial }: Extract<KernelEvent, { type: "match.admitted" }>,
  { entry, chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  if (match?.allocation?.server == null)
    violate(`11: ${player} gets a ticket to ${id}, which is on no server`);
  if (serial !== entry.position) violate(`11: ${player} gets the ticket ${serial} at ${entry.position}`);
}
