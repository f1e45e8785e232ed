import type {
  PartyCreated,
  PartyDisbanded,
  PartyInvitationsEnded,
  PartyInvited,
  PartyJoined,
  PartyLeft,
  PartyPromoted,
  PartyReadied,
} from "../events.ts";
import type { Party, PartyMember, Player } from "../model.ts";
import type { State } from "../state.ts";
import { invite, uninvite } from "./invitations.ts";
import { rememberAsked } from "./request.ts";

export function created(state: State, event: PartyCreated): void {
  const party: Party = {
    kind: "party",
    id: event.party,
    deadline: Number.POSITIVE_INFINITY,
    heapIndex: -1,
    sizeMax: event.sizeMax,
    leader: event.leader,
    members: [newMember(event.leader)],
    invitations: [],
  };
  state.parties.set(party.id, party);
  (state.players.get(event.leader) as Player).party = party.id;
  rememberAsked(state, event);
}

export function invited(state: State, event: PartyInvited): void {
  const { player, until } = event;
  invite(state, partyIn(state, event), { player, until });
  rememberAsked(state, event);
}

export function joined(state: State, event: PartyJoined): void {
  const party = partyIn(state, event);
  party.members = [...party.members, newMember(event.player)];
  uninvite(state, party, [event.player]);
  (state.players.get(event.player) as Player).party = party.id;
  rememberAsked(state, event);
}

export function left(state: State, event: PartyLeft): void {
  const party = partyIn(state, event);
  party.members = party.members.filter(({ player }) => player !== event.player);
  party.leader = event.leader;
  (state.players.get(event.player) as Player).party = null;
  rememberAsked(state, event);
}

export function promoted(state: State, event: PartyPromoted): void {
  partyIn(state, event).leader = event.leader;
  rememberAsked(state, event);
}

export function readied(state: State, event: PartyReadied): void {
  const party = partyIn(state, event);
  const { player, ready, roles, latencies } = event;
  party.members = party.members.map((member) =>
    member.player === player ? { player, ready, roles, latencies } : member,
  );
  rememberAsked(state, event);
}

export function disbanded(state: State, event: PartyDisbanded): void {
  const party = partyIn(state, event);
  for (const { player } of party.members) (state.players.get(player) as Player).party = null;
  state.parties.delete(party.id);
  state.deadlines.remove(party);
  rememberAsked(state, event);
}

export function invitationsEnded(state: State, event: PartyInvitationsEnded): void {
  uninvite(state, partyIn(state, event), event.players);
}

/** Queueing uses up that the members were ready: the next match asks them anew. */
export function queuedAsParty(state: State, party: Party): void {
  party.members = party.members.map((member) => ({ ...member, ready: false }));
  uninvite(
    state,
    party,
    party.invitations.map(({ player }) => player),
  );
}

function newMember(player: PartyMember["player"]): PartyMember {
  return { player, ready: false, roles: [], latencies: null };
}

function partyIn(state: State, event: { readonly party: Party["id"] }): Party {
  return state.parties.get(event.party) as Party;
}
