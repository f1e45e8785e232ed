import assert from "node:assert/strict";
import { test } from "node:test";
import { type Chain, ledgerChain } from "../src/index.ts";
import { Cluster, type TestNode } from "./cluster.ts";

/** Two nodes that have read the log anew and still make different things of it. */
async function disagree(cluster: Cluster, nodes: readonly TestNode[]): Promise<void> {
  const said = { type: "node.hash", of: "events", position: 7, replayed: true } as const;
  for (const [index, node] of nodes.entries()) await cluster.submit(node, { ...said, hash: `a${index}` });
}

test("[AD23] while replicas disagree no match is made and no money moves, until an operator says so", async () => {
  const cluster = new Cluster();
  const asked: string[] = [];
  const chain: Chain = {
    ...ledgerChain,
    openEscrow: (request) => {
      asked.push(request.key);
      return ledgerChain.openEscrow(request);
    },
  };
  const nodes = [
    await cluster.start({ name: "a", chain }),
    await cluster.start({ name: "b", chain }),
  ] as const;
  const [first] = nodes;
  const { engine } = first;
  for (const player of ["player_a", "player_b"] as const) {
    await cluster.connect(first, player);
    await cluster.enqueue(first, player, "duel", "low");
  }
  await cluster.pass(5_000);
  const [match = "match_none"] = engine.state.matches.keys();
  await disagree(cluster, nodes);
  for (const player of ["player_a", "player_b"] as const)
    await cluster.submit(first, { type: "match.accept", match, player });
  for (const player of ["player_c", "player_d"] as const) {
    await cluster.connect(first, player);
    await cluster.enqueue(first, player);
  }
  await cluster.pass(5_000);
  assert.deepEqual([engine.state.matches.size, asked], [1, []]);
  assert.equal(engine.state.matches.get(match)?.phase.state, "PREPARING");
  const request = { type: "shard.resume" } as const;
  await cluster.submit(first, { type: "admin.act", actor: "player_root", reason: "mended", request });
  await cluster.pass(3_000);
  assert.deepEqual(asked, [`escrow:${match}`]);
  assert.notEqual(engine.state.players.get("player_c")?.match, null);
});
