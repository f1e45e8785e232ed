import { kernelLimits } from "../limits.ts";
import { invitationsDeadline } from "../lookups.ts";
import type { State } from "../state.ts";

/** Invariant 1 of crews: a player is in at most one, both sides say so, and a member leads. */
export function checkCrews(state: State, broken: string[]): void {
  let members = 0;
  for (const crew of state.crews.values()) {
    const { id, leader } = crew;
    members += crew.members.length;
    if (!crew.members.includes(leader)) broken.push(`1: ${leader} leads ${id} from outside`);
    if (crew.members.length > kernelLimits.crewMembersMax)
      broken.push(`1: ${id} has ${crew.members.length} members`);
    for (const player of crew.members)
      if (state.crewOf.get(player) !== id) broken.push(`1: ${player} is not known to be in ${id}`);
    const due = invitationsDeadline(crew);
    if (due > state.time && crew.deadline !== due)
      broken.push(`3: ${id} is due at ${due}, not ${crew.deadline}`);
  }
  if (members !== state.crewOf.size)
    broken.push(`1: crews have ${members} members, but ${state.crewOf.size} players are in one`);
  for (const { id, crew: crewId, playerIds } of state.tickets.values()) {
    if (crewId === undefined) continue;
    const crew = state.crews.get(crewId);
    if (crew === undefined || !playerIds.every((player) => crew.members.includes(player)))
      broken.push(`2: ${id} is a ticket of ${crewId} with players who are not in it`);
  }
}
