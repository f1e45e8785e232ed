import assert from "node:assert/strict";
import { test } from "node:test";
import { type CrewId, type MatchId, ownerOf, type PlayerId } from "@matchforge/core";
import { type Chain, ledgerChain } from "../src/index.ts";
import { Cluster, type TestNode } from "./cluster.ts";

/** A crew of some players; the first leads. */
async function crewOf(
  { cluster, node }: { cluster: Cluster; node: TestNode },
  { crew, size }: { crew: CrewId; size: number },
): Promise<PlayerId[]> {
  const members = Array.from({ length: size }, (_, place): PlayerId => `player_${crew}_${place}`);
  const [leader, ...others] = members as [PlayerId, ...PlayerId[]];
  for (const player of members) await cluster.connect(node, player);
  await cluster.submit(node, { type: "crew.create", crew, player: leader });
  for (const player of others) {
    await cluster.submit(node, { type: "crew.invite", crew, player: leader, invited: player });
    await cluster.submit(node, { type: "crew.join", crew, player });
  }
  return members;
}

test("[CR41] the matcher pairs crews that want the same territory, and each player's own share is escrowed", async () => {
  const cluster = new Cluster();
  const asked: bigint[][] = [];
  const chain: Chain = {
    ...ledgerChain,
    openEscrow: (request) => {
      asked.push(request.stakes.map(({ amount }) => amount));
      return ledgerChain.openEscrow(request);
    },
  };
  const node = await cluster.start({ chain });
  const crews = [
    { crew: "crew_red", size: 4, territory: "alpha" },
    { crew: "crew_grey", size: 4, territory: "beta" },
    { crew: "crew_blue", size: 5, territory: "alpha" },
  ] as const;
  const { state } = node.engine;
  const members = new Map<CrewId, PlayerId[]>();
  for (const { crew, size, territory } of crews) {
    const own = await crewOf({ cluster, node }, { crew, size });
    members.set(crew, own);
    await cluster.submit(node, {
      type: "ticket.enqueue",
      ticket: `ticket_${crew}`,
      player: own[0] as PlayerId,
      members: own,
      party: null,
      crew,
      territory,
      pools: [{ mode: "war", tier: "gold" }],
      draw: 0,
      secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
    });
  }
  await cluster.pass(1_000);
  const [match] = [...state.matches.values()];
  assert.equal(state.matches.size, 1);
  const sides = match?.contest?.crews ?? [];
  assert.deepEqual([...sides].sort(), ["crew_blue", "crew_red"]);
  const share = { crew_red: Array(4).fill(150n), crew_blue: Array(5).fill(120n) };
  assert.deepEqual(asked, [sides.flatMap((crew) => share[crew as keyof typeof share])]);
  assert.equal(state.tickets.get("ticket_crew_grey")?.state, "waiting");
  await cluster.submit(node, {
    type: "match.report",
    match: match?.id as MatchId,
    ranks: sides.map((crew) => (crew === "crew_blue" ? 1 : 2)),
  });
  await cluster.pass(100);
  assert.equal(ownerOf(state, "war", "alpha"), "crew_blue");

  // Grey takes what blue owns, because blue does not come.
  const grey = members.get("crew_grey") as PlayerId[];
  await cluster.submit(node, { type: "ticket.cancel", player: grey[0] as PlayerId });
  await cluster.submit(node, {
    type: "siege.declare",
    match: "match_siege",
    crew: "crew_grey",
    player: grey[0] as PlayerId,
    mode: "war",
    territory: "alpha",
    tier: "gold",
    secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
    commitment: null,
  });
  for (const player of grey) await cluster.submit(node, { type: "siege.join", match: "match_siege", player });
  await cluster.pass(3_000);
  assert.equal(ownerOf(state, "war", "alpha"), "crew_grey");
  assert.deepEqual(node.problems, []);
  const row = await cluster.archive.match("match_siege");
  assert.deepEqual([row?.match.state, row?.match.endReason], ["CANCELLED", "undefended"]);
});
