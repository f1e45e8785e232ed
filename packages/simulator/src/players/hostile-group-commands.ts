import { type Command, type CrewId, type PartyId, type PlayerId, poolKeyOf } from "@matchforge/core";
import type { HostileOptions } from "./hostile-command.ts";

/** Attempts on parties, crews and what they fight for, by somebody who has no say in them. */
export function hostileGroupCommands({ random, player, state }: HostileOptions): readonly Command[] {
  const party: PartyId = random.pick([...state.parties.keys(), "party_nowhere"]);
  const own = state.players.get(player)?.party ?? "party_nowhere";
  const crew: CrewId = random.pick([...state.crews.keys(), "crew_nowhere"]);
  const member: PlayerId = random.pick([
    ...(state.crews.get(crew)?.members ?? []),
    ...(state.parties.get(party)?.members.map((one) => one.player) ?? []),
    "player_nobody",
  ]);
  const general = state.crews.get(crew)?.leader ?? player;
  const soldiers = state.crews
    .get(crew)
    ?.members.filter((one) => one !== general)
    .slice(0, 2) ?? [player];
  const match = random.pick([...state.matches.keys(), "match_nowhere" as const]);
  const gathering = [...state.matches.values()].find(({ contest, phase }) => {
    return contest?.isSiege && phase.state === "FORMING";
  })?.id;
  const owned = [...state.territories.values()].find(({ owner }) => owner === crew)?.name;
  const huge = random.pick([Number.MAX_SAFE_INTEGER, -1, 0.5]);
  const secretEpoch = [...state.secretEpochs.keys()].at(-1) ?? 0;
  const about = { mode: "war", territory: owned ?? random.pick(["north", "south", "nowhere"]), tier: "low" };
  const war = { secretEpoch, commitment: null };
  return [
    { type: "party.kick", party, player, member },
    { type: "party.leave", party: own, player },
    { type: "party.disband", party: own, player },
    { type: "party.disband", party, player },
    { type: "party.promote", party, player, member: player },
    { type: "party.join", party, player },
    { type: "party.invite", party, player, invited: player },
    { type: "party.ready", party, player, ready: true, latencies: [{ region: "eu", latencyMs: huge }] },
    { type: "crew.kick", crew, player, member },
    { type: "crew.disband", crew, player },
    { type: "crew.promote", crew, player, member: player },
    { type: "crew.join", crew, player },
    { type: "crew.invite", crew, player, invited: player },
    { type: "crew.leave", crew, player: member },
    {
      type: "siege.declare",
      match: `match_siege_${random.uint32()}`,
      crew,
      player: member,
      ...about,
      ...war,
    },
    { type: "siege.declare", match, crew, player: member, ...about, ...war },
    { type: "siege.declare", match: `match_own_${random.uint32()}`, crew, player: general, ...about, ...war },
    { type: "siege.join", match: gathering ?? match, player },
    {
      type: "ticket.enqueue",
      ticket: `ticket_war_${random.uint32()}`,
      player: general,
      members: [general, ...soldiers],
      party: null,
      crew,
      territory: about.territory,
      pools: [{ mode: "war", tier: "low" }],
      draw: random.uint32(),
      secretEpoch,
    },
    {
      type: "ticket.enqueue",
      ticket: `ticket_raid_${random.uint32()}`,
      player,
      members: [player],
      party,
      pools: [{ mode: poolKeyOf("war", "low", "north"), tier: null }],
      draw: random.uint32(),
      secretEpoch,
    },
  ];
}
