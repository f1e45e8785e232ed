import type {
  CrewCommand,
  CrewCreate,
  CrewDisband,
  CrewInvite,
  CrewJoin,
  CrewKick,
  CrewPromote,
} from "../commands/crew-commands.ts";
import type { KernelEvent } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import type { Crew } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import type { State } from "../state.ts";
import { askedBy } from "./asked.ts";
import { invitationProblem } from "./invitations.ts";
import { disband, leaveCrew } from "./leave-crew.ts";
import { refuse } from "./refuse.ts";

/** What a player asks of a crew. Only members touch it, and what concerns others is the leader's. */
export function decideCrew(state: State, command: CrewCommand): KernelEvent[] {
  if (!state.players.has(command.player)) return refuse(command, "PLAYER_NOT_FOUND");
  if (command.type === "crew.create") return create(state, command);
  const crew = state.crews.get(command.crew);
  if (crew === undefined) return refuse(command, "CREW_NOT_FOUND");
  if (command.type === "crew.join") return join(state, crew, command);
  const { player } = command;
  if (!crew.members.includes(player)) return refuse(command, "INVALID_CREW_OPERATION");
  if (command.type === "crew.leave")
    return unlessRefused(command, leaveCrew(state, crew, { player, reason: "left", ...askedBy(command) }));
  if (crew.leader !== player) return refuse(command, "INVALID_CREW_OPERATION");
  return lead(state, crew, command);
}

function create(state: State, command: CrewCreate): KernelEvent[] {
  const { crew, player } = command;
  if (state.crewOf.has(player)) return refuse(command, "INVALID_CREW_OPERATION");
  if (state.crews.has(crew)) return refuse(command, "ID_REUSED");
  if (state.crews.size >= kernelLimits.crewsMax) return refuse(command, "TOO_MANY_CREWS");
  return [{ type: "crew.created", crew, leader: player, ...askedBy(command) }];
}

function join(state: State, crew: Crew, command: CrewJoin): KernelEvent[] {
  const { player } = command;
  const isInvited = crew.invitations.some((one) => one.player === player && one.until > state.time);
  if (!isInvited || state.crewOf.has(player)) return refuse(command, "INVALID_CREW_OPERATION");
  if (crew.members.length >= kernelLimits.crewMembersMax) return refuse(command, "CREW_FULL");
  return [{ type: "crew.joined", crew: crew.id, player, ...askedBy(command) }];
}

function lead(
  state: State,
  crew: Crew,
  command: CrewInvite | CrewKick | CrewPromote | CrewDisband,
): KernelEvent[] {
  switch (command.type) {
    case "crew.invite":
      return invite(state, crew, command);
    case "crew.kick":
      return kick(state, crew, command);
    case "crew.promote": {
      if (!crew.members.includes(command.member)) return refuse(command, "PLAYER_NOT_FOUND");
      return [{ type: "crew.promoted", crew: crew.id, leader: command.member, ...askedBy(command) }];
    }
    case "crew.disband":
      return unlessRefused(command, disband(state, crew, askedBy(command)));
  }
}

function invite(state: State, crew: Crew, command: CrewInvite): KernelEvent[] {
  const { invited } = command;
  const problem = invitationProblem(state, { ...crew, sizeMax: kernelLimits.crewMembersMax }, invited);
  if (problem === "invalid") return refuse(command, "INVALID_CREW_OPERATION");
  if (problem !== null) return refuse(command, problem === "full" ? "CREW_FULL" : problem);
  const until = state.time + kernelLimits.invitationMs;
  return [{ type: "crew.invited", crew: crew.id, player: invited, until, ...askedBy(command) }];
}

function kick(state: State, crew: Crew, command: CrewKick): KernelEvent[] {
  const { member, player } = command;
  if (!crew.members.includes(member)) return refuse(command, "PLAYER_NOT_FOUND");
  if (member === player) return refuse(command, "INVALID_CREW_OPERATION");
  const leaving = { player: member, reason: "kicked", ...askedBy(command) } as const;
  return unlessRefused(command, leaveCrew(state, crew, leaving));
}

function unlessRefused(command: CrewCommand, decided: KernelEvent[] | RefusalCode): KernelEvent[] {
  return typeof decided === "string" ? refuse(command, decided) : decided;
}
