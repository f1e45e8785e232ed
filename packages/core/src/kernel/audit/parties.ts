import { invitationsDeadline } from "../lookups.ts";
import type { State } from "../state.ts";

/** Invariant 1 of parties: a player is in at most one, both sides say so, and a member leads. */
export function checkParties(state: State, broken: string[]): void {
  for (const party of state.parties.values()) {
    const { id, members, leader, sizeMax } = party;
    if (!members.some(({ player }) => player === leader))
      broken.push(`1: ${leader} leads ${id} from outside`);
    if (members.length > sizeMax) broken.push(`1: ${id} has ${members.length} members of ${sizeMax}`);
    for (const { player } of members) {
      if (state.players.get(player)?.party !== id) broken.push(`1: ${player} does not point to ${id}`);
    }
    const due = invitationsDeadline(party);
    if (due > state.time && party.deadline !== due)
      broken.push(`3: ${id} is due at ${due}, not ${party.deadline}`);
  }
  for (const { id, party } of state.players.values()) {
    const isMember = party === null || state.parties.get(party)?.members.some(({ player }) => player === id);
    if (!isMember) broken.push(`1: ${id} points to ${party}, which does not know them`);
  }
  for (const { id, party: partyId, playerIds, state: stage } of state.tickets.values()) {
    if (partyId === null || stage !== "waiting") continue;
    const members = state.parties.get(partyId)?.members.map(({ player }) => player);
    const isWhole =
      members?.length === playerIds.length && playerIds.every((player) => members.includes(player));
    if (!isWhole) broken.push(`2: ${id} waits for a party that is not its own any more`);
  }
}
