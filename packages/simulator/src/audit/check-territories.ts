import type { KernelEvent } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";

/**
 * Ground changes hands by a fight or for want of a defence, to who won it; what two crews fought over when it was nobody's
 * stays with whoever was faster. Only free ground is queued for, and only another's is besieged.
 */
export function checkTerritories(violate: Violate): Check {
  return {
    event(event, moment) {
      if (event.type === "territory.taken") judgeTaking(event, moment, violate);
      else if (event.type === "match.created" && event.contest !== null) judgeFight(event, moment, violate);
      else if (event.type === "ticket.queued") judgeQueueing(event, moment, violate);
      else if (event.type === "match.cancelled" && event.reason === "undefended")
        judgeDefence(event, moment, violate);
    },
    end({ events, chronicle }) {
      const taken = events.find((event) => event.type === "territory.taken");
      if (taken?.type !== "territory.taken") return;
      for (const { place, queued } of chronicle.tickets.values())
        if (place === "waiting" && queued.standings.some((one) => one.territory === taken.territory))
          violate(`territories: ${queued.ticket} still waits for ${taken.territory}, which is taken`);
    },
  };
}

function judgeTaking(
  { match: id, mode, territory, crew, from }: Extract<KernelEvent, { type: "territory.taken" }>,
  { events, chronicle }: Moment,
  violate: Violate,
): void {
  const owner = chronicle.owners.get(`${mode}:${territory}`) ?? null;
  const contest = chronicle.matches.get(id)?.created.contest;
  if (from !== owner) violate(`territories: ${territory} is taken from ${from}, it is ${owner}'s`);
  if (contest == null || !contest.crews.includes(crew))
    violate(`territories: ${crew} takes ${territory} by ${id}, in which it did not fight`);
  if (owner !== null && contest?.isSiege !== true)
    violate(`territories: ${territory} is ${owner}'s and taken without a siege`);
  const resolved = events.find((event) => event.type === "match.resolved" && event.match === id);
  const winner = resolved?.type === "match.resolved" ? resolved.result.winners[0] : undefined;
  const team = winner === undefined ? 0 : chronicle.matches.get(id)?.entrants.get(winner)?.team;
  if (team === undefined || contest?.crews[team] !== crew)
    violate(`territories: ${crew} takes ${territory} by ${id} without winning it`);
}

/** An owner who does not come has lost the ground. */
function judgeDefence(
  { match }: Extract<KernelEvent, { type: "match.cancelled" }>,
  { events }: Moment,
  violate: Violate,
): void {
  if (!events.some((event) => event.type === "territory.taken" && event.match === match))
    violate(`territories: ${match} finds no defence, and nobody takes the ground`);
}

function judgeFight(
  { match, mode, contest }: Extract<KernelEvent, { type: "match.created" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  if (contest === null) return;
  const owner = chronicle.owners.get(`${mode}:${contest.territory}`) ?? null;
  const [attacker, defender] = contest.crews;
  if (attacker === defender) violate(`territories: ${attacker} fights itself in ${match}`);
  if (contest.isSiege ? owner !== defender : owner !== null)
    violate(`territories: ${match} is about ${contest.territory}, which is ${owner}'s`);
}

function judgeQueueing(
  { ticket, standings }: Extract<KernelEvent, { type: "ticket.queued" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  for (const { mode, territory } of standings)
    if (territory !== null && chronicle.owners.has(`${mode}:${territory}`))
      violate(`territories: ${ticket} is queued for ${territory}, which is somebody's`);
}
