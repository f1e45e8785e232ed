import type { Command, Crew, PlayerId, State, TicketEnqueue } from "../../src/index.ts";
import type { Step } from "./random-commands.ts";

const pools = [
  { mode: "siege", tier: null },
  { mode: "raid", tier: "bronze" },
  { mode: "raid", tier: "gold" },
  { mode: "proxy", tier: "bronze" },
  { mode: "proxy", tier: "bronze" },
] as const;

/** What a crew's members do: mostly what comes next, sometimes anything by anybody. */
export function crewCommand(
  state: State,
  step: Step,
  playerAt: (number: number) => PlayerId,
): Command | null {
  const { a, b, c } = step;
  const crews = [...state.crews.values()];
  if (crews.length < 2 || a % 19 === 0) {
    const crew = c % 31 === 0 ? (crews[0]?.id ?? "crew_first") : (`crew_${state.position}` as const);
    return { type: "crew.create", crew, player: playerAt(b), ...origin(step) };
  }
  const crew = crews[b % crews.length];
  return c % 12 === 0 ? anything(crew, step, playerAt) : next(state, crew, step, playerAt);
}

/** The crew's way into a fight: it fills up, comes together, and queues or besieges. */
function next(state: State, crew: Crew, step: Step, playerAt: (number: number) => PlayerId): Command | null {
  const { a, b, c } = step;
  const { id, leader, members, invitations } = crew;
  const away = members.find((member) => (state.players.get(member)?.epoch ?? 0) === 0);
  const node = [...state.nodes.keys()][0];
  if (away !== undefined && node !== undefined && c % 5 !== 0)
    return { type: "player.connected", player: away, node, guest: false };
  const invited = invitations.find(({ player }) => !state.crewOf.has(player) || c % 29 === 0);
  if (invited !== undefined) return { type: "crew.join", crew: id, player: invited.player };
  if (members.length < 4 || a % 16 === 0)
    return { type: "crew.invite", crew: id, player: leader, invited: loner(state, c, playerAt) };
  const owned = [...state.territories.values()].find(({ owner }) => owner !== null && owner !== id);
  if (owned !== undefined && b % 3 !== 0) return declare(state, crew, { step, territory: owned.name });
  return enqueueCrew(state, crew, step);
}

/** Somebody who is in no crew, where there is one. */
function loner(state: State, from: number, playerAt: (number: number) => PlayerId): PlayerId {
  for (let place = from; place < from + 9; place += 1) {
    const player = playerAt(place);
    if (state.players.has(player) && !state.crewOf.has(player)) return player;
  }
  return playerAt(from);
}

function declare(
  state: State,
  { id: crew, leader: player }: Crew,
  { step: { a, c }, territory }: { step: Step; territory: string },
): Command {
  return {
    type: "siege.declare",
    match: `match_${state.position}`,
    crew,
    player,
    mode: "proxy",
    territory: a % 31 === 0 ? "omega" : territory,
    tier: c % 37 === 0 ? null : "bronze",
    secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
    commitment: null,
  };
}

function enqueueCrew(state: State, { id, leader, members }: Crew, { a, b, c }: Step): TicketEnqueue | null {
  const free = members.filter((member) => {
    const player = state.players.get(member);
    return player !== undefined && player.epoch > 0 && player.ticket === null && player.match === null;
  });
  const some = [leader, ...free.filter((member) => member !== leader)].slice(0, 3 + (b % 3));
  if (some.length < 3 && a % 17 !== 0) return null;
  const pool = pools[b % pools.length];
  return {
    type: "ticket.enqueue",
    ticket: `ticket_${state.position}`,
    player: leader,
    members: c % 17 === 0 ? members.slice(0, 2) : some,
    party: null,
    crew: a % 29 === 0 ? "crew_none" : id,
    ...(pool.mode === "proxy" && { territory: c % 3 === 0 ? "beta-3" : "alpha" }),
    pools: [a % 23 === 0 ? { mode: "squad", tier: null } : pool],
    draw: b,
    secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
  };
}

function anything(crew: Crew, step: Step, playerAt: (number: number) => PlayerId): Command {
  const { a, b, c } = step;
  const asked = { crew: a % 23 === 0 ? "crew_none" : crew.id, ...origin(step) } as const;
  const player = a % 3 === 0 ? playerAt(c) : crew.members[a % crew.members.length];
  const member = b % 7 === 0 ? playerAt(c) : crew.members[b % crew.members.length];
  const commands: readonly Command[] = [
    { type: "crew.leave", ...asked, player },
    { type: "crew.kick", ...asked, player: crew.leader, member },
    { type: "crew.promote", ...asked, player, member },
    { type: "crew.join", ...asked, player },
    { type: "crew.invite", ...asked, player, invited: playerAt(b) },
    { type: "crew.disband", ...asked, player: b % 5 === 0 ? crew.leader : "player_nobody" },
  ];
  return commands[Math.floor(c / 12) % commands.length];
}

function origin({ b, c }: Step) {
  return c % 4 === 0 ? { origin: { key: `request ${b % 6}`, bodyHash: c % 2 } } : undefined;
}
