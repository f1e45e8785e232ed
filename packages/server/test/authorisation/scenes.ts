import assert from "node:assert/strict";
import type { MatchId, PartyId, PlayerId, ServerId, State, TicketId } from "@matchforge/core";
import { systemIds } from "../../src/shard/threads/system-ids.ts";
import type { AuthorisationRig } from "./authorisation-rig.ts";

/** What there may be for somebody to act upon, in the order in which it comes about. */
export const situations = {
  nothing: "nobody plays: the ticket, match, server and party that are asked for are unknown",
  registered: "a game server is registered",
  draining: "a game server is registered and takes no new matches",
  party: "the owner leads a party, the other is a member, the guest is invited",
  waiting: "the owner's ticket waits",
  matched: "the match of the owner and the other is MATCHED",
  preparing: "it is PREPARING: nobody has loaded",
  ready: "it is READY and has its server",
  active: "it is ACTIVE on its server",
  typing: "a typing duel of the owner and the other is ACTIVE",
  over: "the match has been played to its end",
} as const;
export type Situation = keyof typeof situations;

/** Who and what there is; ids of what a situation does not have are those of nobody and nothing. */
export interface Scene {
  readonly situation: Situation;
  readonly owner: PlayerId;
  readonly other: PlayerId;
  readonly stranger: PlayerId;
  readonly guest: PlayerId;
  readonly operator: PlayerId;
  readonly ticket: TicketId;
  readonly match: MatchId;
  readonly attempt: number;
  readonly teams: readonly (readonly PlayerId[])[];
  /** The owner's pass to the match's server. */
  readonly matchTicket: string;
  readonly server: ServerId;
  readonly epoch: number;
  readonly party: PartyId;
  readonly pool: string;
  readonly node: string;
}

/** Brings a situation about; another number makes it one of people nobody has met before. */
export async function setScene(
  rig: AuthorisationRig,
  { situation, number }: { readonly situation: Situation; readonly number: number },
): Promise<Scene> {
  const scene: Scene = {
    situation,
    owner: `player_owner_${number}`,
    other: `player_other_${number}`,
    stranger: `player_stranger_${number}`,
    guest: `player_guest_${number}`,
    operator: `player_operator_${number}`,
    ticket: "ticket_unknown",
    match: "match_unknown",
    attempt: 1,
    teams: [[`player_owner_${number}`], [`player_other_${number}`]],
    matchTicket: "",
    server: `server_one_${number}`,
    epoch: 1,
    party: "party_unknown",
    pool: "hosted",
    node: rig.engine.key,
  };
  const { key: node } = rig.engine;
  for (const player of [scene.owner, scene.other, scene.guest])
    await rig.done({ type: "player.connected", player, node, guest: player === scene.guest });
  const set = { ...scene, ...(await makers[situation](rig, scene)) };
  const { match, owner: player, server, attempt } = set;
  const serial =
    rig.state.matches.get(match)?.players.find(({ id }) => id === player)?.matchTicket?.serial ?? 1;
  const pass = { match, player, server, attempt, serial };
  const [pool = set.pool] = rig.state.pools.keys();
  return { ...set, pool, matchTicket: await rig.passes.ticketFor(pass, Date.now() + 60_000) };
}

type Maker = (rig: AuthorisationRig, scene: Scene) => Promise<Partial<Scene>>;

const makers: Readonly<Record<Situation, Maker>> = {
  nothing: async () => ({}),
  registered: withServer,
  async draining(rig, scene) {
    const { epoch } = await withServer(rig, scene);
    await rig.done({ type: "server.drain", server: scene.server, epoch, draining: true });
    return { epoch };
  },
  async party(rig, { owner: player, other, guest }) {
    const party = systemIds.next("party");
    await rig.done({ type: "party.create", party, player, sizeMax: 4 });
    for (const invited of [other, guest]) await rig.done({ type: "party.invite", party, player, invited });
    await rig.done({ type: "party.join", party, player: other });
    return { party };
  },
  waiting: async (rig, { owner }) => ({ ticket: await queue(rig, owner, "hosted") }),
  matched: (rig, scene) => found(rig, scene, "hosted"),
  preparing: (rig, scene) => accepted(rig, scene, "hosted"),
  async ready(rig, scene) {
    return loaded(rig, { scene, mode: "counting", state: "READY" });
  },
  async active(rig, scene) {
    return loaded(rig, { scene, mode: "hosted", state: "ACTIVE" });
  },
  async typing(rig, scene) {
    const set = await found(rig, scene, "typing");
    await rig.reaches(isIn(set.match, "ACTIVE"));
    return set;
  },
  async over(rig, scene) {
    const set = await loaded(rig, { scene, mode: "hosted", state: "ACTIVE" });
    const { match, attempt } = set;
    const teams = set.teams.map((players, index) => ({ players: [...players], rank: index + 1 }));
    await rig.done({ type: "match.result", match, attempt, teams });
    await rig.reaches(({ matches }) => !matches.has(match));
    return set;
  },
};

async function withServer(rig: AuthorisationRig, { server }: Scene): Promise<{ readonly epoch: number }> {
  const offer = { address: "203.0.113.7:7777", region: null, capacity: 4, labels: {} };
  // It never says that it lives: nobody misses it while a test takes its time.
  await rig.done({ type: "server.up", server, allocator: "registry", instance: "1", offer, isHeard: false });
  return { epoch: rig.state.servers.get(server)?.epoch ?? assert.fail("it has not come up") };
}

async function queue(rig: AuthorisationRig, player: PlayerId, mode: string): Promise<TicketId> {
  const ticket = systemIds.next("ticket");
  await rig.done({
    type: "ticket.enqueue",
    ticket,
    player,
    members: [player],
    party: null,
    pools: [{ mode, tier: null }],
    draw: 1,
    secretEpoch: [...rig.state.secretEpochs.keys()].at(-1) ?? 0,
  });
  return ticket;
}

async function found(rig: AuthorisationRig, { owner, other }: Scene, mode: string) {
  const ticket = await queue(rig, owner, mode);
  await queue(rig, other, mode);
  await rig.reaches(({ players }) => players.get(owner)?.match != null);
  const match = rig.state.players.get(owner)?.match ?? assert.fail("nobody was found");
  const teams = (rig.state.matches.get(match)?.players ?? []).map(({ id }) => [id]);
  return { ticket, match, teams };
}

async function accepted(rig: AuthorisationRig, scene: Scene, mode: string) {
  const set = await found(rig, scene, mode);
  for (const player of [scene.owner, scene.other])
    await rig.done({ type: "match.accept", match: set.match, player });
  return set;
}

async function loaded(
  rig: AuthorisationRig,
  { scene, mode, state }: { scene: Scene; mode: string; state: "READY" | "ACTIVE" },
) {
  const { epoch } = await withServer(rig, scene);
  const set = await accepted(rig, scene, mode);
  const { match } = set;
  for (const player of [scene.owner, scene.other]) await rig.done({ type: "match.loaded", match, player });
  await rig.reaches(isIn(match, state));
  return { ...set, epoch, attempt: rig.state.matches.get(match)?.allocation?.attempt ?? 1 };
}

function isIn(match: MatchId, wanted: string): (state: State) => boolean {
  return ({ matches }) => matches.get(match)?.phase.state === wanted;
}
