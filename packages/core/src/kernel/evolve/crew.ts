import type {
  CrewCreated,
  CrewDisbanded,
  CrewInvitationsEnded,
  CrewInvited,
  CrewJoined,
  CrewLeft,
  CrewPromoted,
} from "../events.ts";
import { invitationsDeadline } from "../lookups.ts";
import type { Crew } from "../model.ts";
import type { State } from "../state.ts";
import { rememberRequest } from "./request.ts";

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
  remember(state, event);
}

export function invited(state: State, event: CrewInvited): void {
  const crew = crewIn(state, event);
  const others = crew.invitations.filter(
    ({ player, until }) => player !== event.player && until > state.time,
  );
  crew.invitations = [...others, { player: event.player, until: event.until }];
  state.deadlines.set(crew, invitationsDeadline(crew));
  remember(state, event);
}

export function joined(state: State, event: CrewJoined): void {
  const crew = crewIn(state, event);
  crew.members = [...crew.members, event.player];
  state.crewOf.set(event.player, crew.id);
  uninvite(state, crew, [event.player]);
  remember(state, event);
}

export function left(state: State, event: CrewLeft): void {
  const crew = crewIn(state, event);
  crew.members = crew.members.filter((player) => player !== event.player);
  crew.leader = event.leader;
  state.crewOf.delete(event.player);
  remember(state, event);
}

export function promoted(state: State, event: CrewPromoted): void {
  crewIn(state, event).leader = event.leader;
  remember(state, event);
}

export function disbanded(state: State, event: CrewDisbanded): void {
  const crew = crewIn(state, event);
  for (const player of crew.members) state.crewOf.delete(player);
  state.crews.delete(crew.id);
  state.deadlines.remove(crew);
  remember(state, event);
}

export function invitationsEnded(state: State, event: CrewInvitationsEnded): void {
  uninvite(state, crewIn(state, event), event.players);
}

function uninvite(state: State, crew: Crew, players: readonly string[]): void {
  crew.invitations = crew.invitations.filter(({ player }) => !players.includes(player));
  state.deadlines.set(crew, invitationsDeadline(crew));
}

function crewIn(state: State, event: { readonly crew: Crew["id"] }): Crew {
  return state.crews.get(event.crew) as Crew;
}

function remember(state: State, { by, origin }: Pick<CrewCreated, "by" | "origin">): void {
  if (by !== undefined) rememberRequest(state, by, origin);
}
