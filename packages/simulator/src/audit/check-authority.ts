import type { CrewEvents, KernelEvent, PartyEvents, PlayerId } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";
import type { Group } from "./record-group.ts";
import { groupOf, isOfGroup } from "./record-group.ts";

/** Whoever touches a match is in it; whoever decides for a party or crew leads it; whoever joins one was invited. */
export function checkAuthority(violate: Violate): Check {
  return {
    event(event, moment) {
      if (isOfGroup(event)) {
        const why = wrongIn(event, moment);
        if (why !== null) violate(`17: ${event.type} of ${groupOf(event)}: ${why}`);
        return;
      }
      judgeMatch(event, moment, violate);
    },
  };
}

function judgeMatch(event: KernelEvent, { entry: { command }, chronicle }: Moment, violate: Violate): void {
  switch (event.type) {
    case "match.accepted":
    case "match.notified":
    case "match.checkpointed":
    case "match.finished":
    case "match.forfeited":
    case "match.loaded":
    case "match.admitted":
    case "match.redeemed":
    case "match.claimed":
      if (!chronicle.matches.get(event.match)?.entrants.has(event.player))
        violate(`17: ${event.type} of ${event.player}, who is not in ${event.match}`);
      return;
    case "match.cancelled":
      if (event.reason !== "declined" && event.reason !== "abandoned") return;
      if (!("player" in command) || !chronicle.matches.get(event.match)?.entrants.has(command.player))
        violate(`17: ${event.match} is ${event.reason} by somebody who is not in it`);
      return;
    case "ticket.ended":
      if (event.reason === "cancelled" && !(event.by !== undefined && event.players.includes(event.by)))
        violate(`17: ${event.ticket} is taken back by ${event.by}`);
      return;
    case "siege.joined": {
      const crew = chronicle.matches.get(event.match)?.created.contest?.crews[event.team];
      if (crew === undefined || !chronicle.groups.get(crew)?.members.includes(event.player))
        violate(`17: ${event.player} joins ${event.match} for ${crew}, whose member they are not`);
      return;
    }
    case "match.created":
      if (event.contest?.isSiege && chronicle.groups.get(event.contest.crews[0])?.leader !== event.by)
        violate(`17: ${event.match} is declared by ${event.by}, who leads no crew`);
      return;
  }
}

/** What is wrong with who did something to a party or crew; null: nothing. */
function wrongIn(event: PartyEvents | CrewEvents, { chronicle }: Moment): string | null {
  const group = chronicle.groups.get(groupOf(event));
  if (event.type === "party.created" || event.type === "crew.created")
    return group === undefined ? null : "it is there already";
  if (group === undefined) return "there is no such group";
  switch (event.type) {
    case "party.invited":
    case "crew.invited":
    case "party.promoted":
    case "crew.promoted":
      return ledBy(group, event.by);
    case "party.left":
    case "crew.left":
      if (!group.members.includes(event.player)) return `${event.player} is not in it`;
      return event.reason === "kicked" ? ledBy(group, event.by) : null;
    case "party.disbanded":
    case "crew.disbanded":
      return group.members.length > 1 ? ledBy(group, event.by) : null;
    case "party.joined":
    case "crew.joined":
      return (group.invited.get(event.player) ?? 0) > chronicle.time
        ? null
        : `${event.player} is not invited`;
    default:
      return null;
  }
}

function ledBy({ leader }: Group, by: PlayerId | undefined): string | null {
  return by === leader ? null : `${by} does not lead it, ${leader} does`;
}
