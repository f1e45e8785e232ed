import type { Party, Player, PlayerId, State } from "@matchforge/core";
import type { Random } from "../time/random.ts";
import type { Request } from "./request.ts";

/** What a player may do next about parties: mostly what brings a party into a queue; undefined: nothing. */
export function partyRequest(options: {
  readonly state: State;
  readonly me: Readonly<Player>;
  readonly random: Random;
  /** A name nobody else uses. */
  readonly name: string;
}): Request | undefined {
  const { state, me, random, name } = options;
  const player = me.id;
  const own = me.party === null ? undefined : state.parties.get(me.party);
  if (own === undefined) {
    const inviting = invitationFor(state, player);
    if (inviting !== undefined) return { type: "party.join", party: inviting.id, player };
    if (!random.chance(0.02)) return undefined;
    return { type: "party.create", party: `party_${name}`, player, sizeMax: random.between(2, 4) };
  }
  if (random.chance(0.02)) return { type: "party.leave", party: own.id, player };
  if (own.leader !== player) return readiness(own, player, random);
  return leadership({ state, own, player, random });
}

function invitationFor(state: State, player: PlayerId): Party | undefined {
  for (const party of state.parties.values())
    if (party.invitations.some((invitation) => invitation.player === player)) return party;
  return undefined;
}

function readiness(own: Party, player: PlayerId, random: Random): Request | undefined {
  const member = own.members.find((one) => one.player === player);
  if (member?.ready === true && !random.chance(0.02)) return undefined;
  const roles = random.pick([[], ["tank"], ["healer", "tank"]]);
  const latencies = [
    { region: "eu", latencyMs: random.between(10, 250) },
    { region: "us", latencyMs: random.between(10, 250) },
  ];
  return { type: "party.ready", party: own.id, player, ready: true, roles, latencies };
}

function leadership(options: {
  readonly state: State;
  readonly own: Party;
  readonly player: PlayerId;
  readonly random: Random;
}): Request | undefined {
  const { state, own, player, random } = options;
  const party = own.id;
  const others = own.members.filter((member) => member.player !== player);
  if (random.chance(0.01)) return { type: "party.disband", party, player };
  if (others.length > 0 && random.chance(0.01))
    return { type: "party.kick", party, player, member: random.pick(others).player };
  if (others.length > 0 && random.chance(0.01))
    return { type: "party.promote", party, player, member: random.pick(others).player };
  const isOpen = own.members.length + own.invitations.length < own.sizeMax;
  if (!isOpen || !random.chance(0.15)) return undefined;
  return { type: "party.invite", party, player, invited: random.pick([...state.players.keys()]) };
}
