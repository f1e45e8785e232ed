import type { PlayerId } from "../ids.ts";
import type { Command } from "./commands.ts";
import type { State, Subject } from "./state.ts";

/**
 * Everything with a deadline that a command speaks of. What of it is due fires before the command is judged,
 * so that a backlog of deadlines changes nobody's outcome.
 */
export function subjectsOf(state: State, entered: Command): Subject[] {
  const command = entered.type === "admin.act" ? entered.request : entered;
  const found: (Subject | undefined)[] = [];
  if ("match" in command) found.push(state.matches.get(command.match));
  if ("key" in command) found.push(matchOfEffect(state, command.key));
  if ("tickets" in command) for (const id of command.tickets) found.push(state.tickets.get(id));
  if (command.type === "ticket.withdraw") found.push(state.tickets.get(command.ticket));
  if (command.type === "node.drain") found.push(state.nodes.get(command.node));
  if (command.type === "matcher.propose")
    for (const team of command.teams) found.push(...team.map((id) => state.tickets.get(id)));
  if ("party" in command && command.party !== null) found.push(state.parties.get(command.party));
  if ("crew" in command && command.crew !== undefined) found.push(state.crews.get(command.crew));
  if ("server" in command && command.type !== "match.dispatch") found.push(state.servers.get(command.server));
  if ("servers" in command) for (const { server } of command.servers) found.push(state.servers.get(server));
  if ("member" in command) found.push(...subjectsOfPlayer(state, command.member));
  if ("members" in command) for (const id of command.members) found.push(...subjectsOfPlayer(state, id));
  else if ("player" in command) found.push(...subjectsOfPlayer(state, command.player));
  return found.filter((subject) => subject !== undefined);
}

function subjectsOfPlayer(state: State, id: PlayerId): (Subject | undefined)[] {
  const player = state.players.get(id);
  if (player === undefined) return [];
  const { ticket, match } = player;
  return [
    ticket === null ? undefined : state.tickets.get(ticket),
    match === null ? undefined : state.matches.get(match),
    player,
  ];
}

function matchOfEffect(state: State, key: string): Subject | undefined {
  const effect = state.effects.get(key);
  return effect && state.matches.get(effect.matchId);
}
