import type { CrewEvents, KernelEvent, PartyEvents, PlayerId } from "@matchforge/core";
import type { Chronicle } from "./chronicle.ts";

/** A party or a crew. */
export interface Group {
  leader: PlayerId;
  members: readonly PlayerId[];
  /** Until when whose invitation holds. */
  readonly invited: Map<PlayerId, number>;
}

/** Notes what an event says of parties, crews and what crews own. */
export function recordGroup(chronicle: Chronicle, event: KernelEvent): void {
  if (event.type === "territory.taken") chronicle.owners.set(`${event.mode}:${event.territory}`, event.crew);
  else if (event.type === "territory.freed") chronicle.owners.delete(`${event.mode}:${event.territory}`);
  else if (isOfGroup(event)) recordOwn(chronicle, event);
}

/** Which party or crew an event speaks of. */
export function groupOf(event: PartyEvents | CrewEvents): string {
  return "party" in event ? event.party : event.crew;
}

/** Whether an event is a party's or a crew's. */
export function isOfGroup(event: KernelEvent): event is PartyEvents | CrewEvents {
  return event.type.startsWith("party.") || event.type.startsWith("crew.");
}

function recordOwn(chronicle: Chronicle, event: PartyEvents | CrewEvents): void {
  const id = groupOf(event);
  if (event.type === "party.created" || event.type === "crew.created") {
    chronicle.groups.set(id, { leader: event.leader, members: [event.leader], invited: new Map() });
    return;
  }
  const group = chronicle.groups.get(id);
  if (group === undefined) return;
  switch (event.type) {
    case "party.invited":
    case "crew.invited":
      group.invited.set(event.player, event.until);
      return;
    case "party.joined":
    case "crew.joined":
      group.members = [...group.members, event.player];
      group.invited.delete(event.player);
      return;
    case "party.left":
    case "crew.left":
      group.members = group.members.filter((member) => member !== event.player);
      group.leader = event.leader;
      return;
    case "party.promoted":
    case "crew.promoted":
      group.leader = event.leader;
      return;
    case "party.disbanded":
    case "crew.disbanded":
      chronicle.groups.delete(id);
      return;
  }
}
