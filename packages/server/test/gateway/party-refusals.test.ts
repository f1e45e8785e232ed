import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { PlayerId } from "@matchforge/core";
import type { ErrorCode, ServerMessage } from "@matchforge/protocol";
import { clientMessageDefinitions } from "@matchforge/protocol/schemas";
import { GatewayRig } from "./gateway-rig.ts";
import { codeOf, partyIn, partyOf, readyParty, toldDuring } from "./party-rig.ts";
import type { TestClient } from "./test-client.ts";

let rig: GatewayRig;
beforeEach(async () => {
  rig = await GatewayRig.start();
});
afterEach(() => rig.stop());

/** A request that must be refused, and everybody who must not hear of it. */
interface Attempt {
  readonly ask: () => Promise<ServerMessage>;
  readonly others: readonly TestClient[];
}

/** A party of two and a stranger, all signed in. */
async function scene() {
  const { party_id, clients } = await partyOf(rig, "player_a", "player_b");
  const [leader, member] = clients;
  const stranger = await rig.signIn("player_s");
  return { party_id, leader, member, stranger, others: [leader, member, stranger] };
}

/** A waiting party, and somebody with an invitation to it. */
async function waiting() {
  const { party_id, clients } = await readyParty(rig, "player_a", "player_b");
  const invited = await rig.signIn("player_c");
  const [leader, member] = clients;
  assert.equal((await leader.ask("queue.enter", { game_type: "brawl", party_id })).type, "queue.update");
  partyIn(await leader.ask("party.invite", { party_id, player_id: "player_c" }));
  return { party_id, leader, member, invited, others: [leader, member, invited] };
}

/** A party that has just been found a match, whose ready check runs. */
async function matched() {
  const party = await waiting();
  const rivals = await readyParty(rig, "player_x", "player_y");
  await rivals.clients[0].ask("queue.enter", { game_type: "brawl", party_id: rivals.party_id });
  await Promise.all(party.others.slice(0, 2).map((client) => client.next("match.found")));
  return party;
}

type PartyType = Extract<(typeof clientMessageDefinitions)[number]["type"], `party.${string}`>;
type Cases = Readonly<Partial<Record<ErrorCode, () => Promise<Attempt>>>>;

/** A well-formed message about a party, and a player where it names one. */
function dataOf(
  type: PartyType,
  { party_id, player_id = "player_b" }: { party_id: string; player_id?: string },
) {
  if (type === "party.create") return {};
  if (type === "party.ready") return { party_id, ready: true };
  return type === "party.join" || type === "party.leave" || type === "party.disband"
    ? { party_id }
    : { party_id, player_id };
}

/** The same message from the leader of a party, of one of its members, or of somebody in none. */
function from(
  who: "leader" | "member" | "stranger",
  type: PartyType,
  names: { party_id?: string; player_id?: string } = {},
) {
  return async (): Promise<Attempt> => {
    const { party_id, others, ...clients } = await scene();
    return { ask: () => clients[who].ask(type, dataOf(type, { party_id, ...names }) as never), others };
  };
}

const unknownParty = { party_id: "party_unknown" };
const unknownPlayer = { player_id: "player_unknown" };

/** While the party is being matched. */
const inReadyCheck = (type: PartyType) => async (): Promise<Attempt> => {
  const { party_id, leader, others } = await matched();
  return { ask: () => leader.ask(type, dataOf(type, { party_id }) as never), others };
};

const cases: Readonly<Record<PartyType, Cases>> = {
  "party.create": {
    INVALID_PARTY_OPERATION: from("member", "party.create"),
    PARTY_NOT_FOUND: async () => {
      const client = await rig.signIn("player_a");
      const id = client.send("party.create", {});
      const { party_id } = partyIn(await client.reply(id));
      await client.ask("party.leave", { party_id });
      const seen = client.messages.length;
      const ask = () => client.reply(client.send("party.create", {}, id), seen);
      return { ask, others: [client] };
    },
  },
  "party.invite": {
    PARTY_NOT_FOUND: from("leader", "party.invite", unknownParty),
    PLAYER_NOT_FOUND: from("leader", "party.invite", unknownPlayer),
    INVALID_PARTY_OPERATION: from("member", "party.invite", { player_id: "player_s" }),
    PARTY_FULL: async () => {
      const [leader, ...others] = await Promise.all(
        (["player_a", "player_b", "player_c"] as const).map((player) => rig.signIn(player)),
      );
      const { party_id } = partyIn(await leader.ask("party.create", { size_max: 2 }));
      await leader.ask("party.invite", { party_id, player_id: "player_b" });
      return { ask: () => leader.ask("party.invite", { party_id, player_id: "player_c" }), others };
    },
  },
  "party.join": {
    PARTY_NOT_FOUND: from("stranger", "party.join", unknownParty),
    INVALID_PARTY_OPERATION: from("stranger", "party.join"),
    INVALID_STATE: async () => {
      const { party_id, invited, others } = await waiting();
      return { ask: () => invited.ask("party.join", { party_id }), others };
    },
  },
  "party.leave": {
    PARTY_NOT_FOUND: from("member", "party.leave", unknownParty),
    INVALID_PARTY_OPERATION: from("stranger", "party.leave"),
    INVALID_STATE: inReadyCheck("party.leave"),
  },
  "party.kick": {
    PARTY_NOT_FOUND: from("leader", "party.kick", unknownParty),
    PLAYER_NOT_FOUND: from("leader", "party.kick", { player_id: "player_s" }),
    INVALID_PARTY_OPERATION: from("member", "party.kick", { player_id: "player_a" }),
    INVALID_STATE: inReadyCheck("party.kick"),
  },
  "party.promote": {
    PARTY_NOT_FOUND: from("leader", "party.promote", unknownParty),
    PLAYER_NOT_FOUND: from("leader", "party.promote", unknownPlayer),
    INVALID_PARTY_OPERATION: from("member", "party.promote"),
  },
  "party.ready": {
    PARTY_NOT_FOUND: from("member", "party.ready", unknownParty),
    INVALID_PARTY_OPERATION: from("stranger", "party.ready"),
    INVALID_CONFIGURATION: async () => {
      const { party_id, member, others } = await scene();
      const twice = { party_id, ready: true, roles: ["tank", "tank"] };
      return { ask: () => member.ask("party.ready", twice), others };
    },
  },
  "party.disband": {
    PARTY_NOT_FOUND: from("leader", "party.disband", unknownParty),
    INVALID_PARTY_OPERATION: from("member", "party.disband"),
    INVALID_STATE: inReadyCheck("party.disband"),
  },
};

for (const [type, codes] of Object.entries(cases) as [PartyType, Cases][]) {
  for (const [code, prepare] of Object.entries(codes)) {
    test(`[PW2] ${type} is refused with ${code}, which changes nothing and is told to nobody else`, async () => {
      const { ask, others } = await prepare();
      const before = structuredClone(partiesOf(rig));
      const told = await toldDuring(others, async () => assert.equal(codeOf(await ask()), code));
      assert.ok(told.every((messages) => messages.length === 0));
      assert.deepEqual(partiesOf(rig), before);
    });
  }

  test(`[PW2] ${type} from a connection that has been replaced is STALE_EPOCH`, async () => {
    const { leader, party_id } = await scene();
    await disconnect("player_a");
    assert.equal(codeOf(await leader.ask(type, dataOf(type, { party_id }) as never)), "STALE_EPOCH");
  });
}

test("[PW2] each message about a party lists the codes it is refused with, and no other", () => {
  const listed = clientMessageDefinitions.flatMap(({ type, failures }) =>
    type.startsWith("party.") ? [[type, [...failures].sort()] as const] : [],
  );
  const met = Object.entries(cases).map(([type, codes]) => [
    type,
    [...Object.keys(codes), "STALE_EPOCH"].sort(),
  ]);
  assert.deepEqual(Object.fromEntries(listed), Object.fromEntries(met));
});

const partiesOf = ({ node }: GatewayRig) =>
  [...node.state.parties.values()].map(({ id, leader, members, invitations }) => ({
    id,
    leader,
    members,
    invitations,
  }));

/** The shard takes the player's connection for ended, of which its gateway has heard nothing yet. */
async function disconnect(player: PlayerId): Promise<void> {
  const epoch = rig.node.state.players.get(player)?.epoch ?? 0;
  await rig.node.submit({ type: "player.disconnected", player, epoch });
}
