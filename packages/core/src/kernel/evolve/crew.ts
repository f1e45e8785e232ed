import type {
  CrewCreated,
  CrewDisbanded,
  CrewInvitationsEnded,
  CrewInvited,
  CrewJoined,
  CrewLeft,
  CrewPromoted,
} from "../events.ts";
import type { Crew } from "../model.ts";
import type { State } from "../state.ts";
import { invite, uninvite } from "./invitations.ts";
import { rememberAsked } from "./request.ts";

export function created(state: State, event: CrewCreated): void {
  const crew: Crew = {
    kind: "crew",
    id: event.crew,
    deadline: Number.POSITIVE_INFINITY,
    heapIndex: -1,
    leader: event.leader,
    members: [event.leader],
    invitations: [],
    contests: [],
  };
  state.crews.set(crew.id, crew);
  state.crewOf.set(event.leader, crew.id);
  rememberAsked(state, event);
}

export function invited(state: State, event: CrewInvited): void {
  const { player, until } = event;
  invite(state, crewIn(state, event), { player, until });
  rememberAsked(state, event);
}

export function joined(state: State, event: CrewJoined): void {
  const crew = crewIn(state, event);
  crew.members = [...crew.members, event.player];
  state.crewOf.set(event.player, crew.id);
  uninvite(state, crew, [event.player]);
  rememberAsked(state, event);
}

export function left(state: State, event: CrewLeft): void {
  const crew = crewIn(state, event);
  crew.members = crew.members.filter((player) => player !== event.player);
  crew.leader = event.leader;
  state.crewOf.delete(event.player);
  rememberAsked(state, event);
}

export function promoted(state: State, event: CrewPromoted): void {
  crewIn(state, event).leader = event.leader;
  rememberAsked(state, event);
}

export function disbanded(state: State, event: CrewDisbanded): void {
  const crew = crewIn(state, event);
  for (const player of crew.members) state.crewOf.delete(player);
  state.crews.delete(crew.id);
  state.deadlines.remove(crew);
  rememberAsked(state, event);
}

export function invitationsEnded(state: State, event: CrewInvitationsEnded): void {
  uninvite(state, crewIn(state, event), event.players);
}

function crewIn(state: State, event: { readonly crew: Crew["id"] }): Crew {
  return state.crews.get(event.crew) as Crew;
}
