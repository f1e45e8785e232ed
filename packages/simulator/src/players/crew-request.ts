import type { Crew, Match, Player, PlayerId, State } from "@matchforge/core";
import type { Random } from "../time/random.ts";
import type { Request } from "./request.ts";

/** A crew of this world has at most so many members. */
const membersWanted = 5;
const mode = "war";

interface Situation {
  readonly state: State;
  readonly me: Readonly<Player>;
  readonly random: Random;
  /** A name nobody else uses. */
  readonly name: string;
}

/** What a player may do next about crews and what they fight for; undefined: nothing. */
export function crewRequest(situation: Situation): Request | undefined {
  const { state, me, random, name } = situation;
  const player = me.id;
  const own = state.crews.get(state.crewOf.get(player) ?? "crew_");
  if (own === undefined) {
    const inviting = invitationFor(state, player);
    if (inviting !== undefined) return { type: "crew.join", crew: inviting.id, player };
    const isRoom = state.crews.size * membersWanted < state.players.size / 2;
    return isRoom && random.chance(0.02) ? { type: "crew.create", crew: `crew_${name}`, player } : undefined;
  }
  const siege = gatheringSiege(state, own);
  if (siege !== undefined && random.chance(0.5)) return { type: "siege.join", match: siege.id, player };
  if (random.chance(0.002)) return { type: "crew.leave", crew: own.id, player };
  return own.leader === player ? leadership(situation, own) : undefined;
}

function invitationFor(state: State, player: PlayerId): Crew | undefined {
  for (const crew of state.crews.values())
    if (crew.invitations.some((invitation) => invitation.player === player)) return crew;
  return undefined;
}

function gatheringSiege(state: State, { contests }: Crew): Match | undefined {
  return contests
    .map((id) => state.matches.get(id))
    .find((match) => match?.contest?.isSiege && match.phase.state === "FORMING");
}

function leadership(situation: Situation, own: Crew): Request | undefined {
  const { state, me, random } = situation;
  const crew = own.id;
  const player = me.id;
  const others = own.members.filter((member) => member !== player);
  if (random.chance(0.002)) return { type: "crew.disband", crew, player };
  if (others.length > 0 && random.chance(0.003))
    return { type: "crew.kick", crew, player, member: random.pick(others) };
  if (others.length > 0 && random.chance(0.003))
    return { type: "crew.promote", crew, player, member: random.pick(others) };
  if (own.members.length + own.invitations.length < membersWanted && random.chance(0.5)) {
    const loners = [...state.players.keys()].filter((id) => !state.crewOf.has(id));
    if (loners.length > 0) return { type: "crew.invite", crew, player, invited: random.pick(loners) };
  }
  return random.chance(0.5) ? goToWar(situation, own) : undefined;
}

/** Free ground is queued for, owned ground besieged; some try to queue for what is somebody's. */
function goToWar({ state, me, random, name }: Situation, own: Crew): Request | undefined {
  const secretEpoch = [...state.secretEpochs.keys()].at(-1);
  if (secretEpoch === undefined) return undefined;
  const player = me.id;
  const crew = own.id;
  const territory = random.pick(["north", "north", "south"]);
  const owner = state.territories.get(`${mode}:${territory}`)?.owner ?? null;
  const isBold = random.chance(0.1);
  if (!isBold && owner !== null && owner !== crew) {
    if (own.contests.length > 0 || random.chance(0.8)) return undefined;
    const about = { mode, territory, tier: "low", secretEpoch, commitment: null };
    return { type: "siege.declare", match: `match_${name}`, crew, player, ...about };
  }
  const free = own.members.filter((id) => id !== player && isFree(state, id));
  if ((!isBold && owner === crew) || free.length < 2) return undefined;
  return {
    type: "ticket.enqueue",
    ticket: `ticket_${name}`,
    player,
    members: [player, ...free],
    party: null,
    crew,
    territory,
    pools: [{ mode, tier: "low" }],
    draw: random.uint32(),
    secretEpoch,
  };
}

function isFree(state: State, id: PlayerId): boolean {
  const player = state.players.get(id);
  return player !== undefined && player.epoch !== 0 && player.ticket === null && player.match === null;
}
