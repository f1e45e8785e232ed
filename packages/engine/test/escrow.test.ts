import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChainOutcome } from "../src/index.ts";
import { Cluster } from "./cluster.ts";
import { playing } from "./situations.ts";

test("[E13] an escrow is asked for under one key until its outcome is known", async () => {
  const cluster = new Cluster();
  const asked: string[] = [];
  const unknown: ChainOutcome = { kind: "unknown", cause: new Error("no answer") };
  const node = await cluster.start({
    chain: {
      openEscrow: async ({ key }) => {
        asked.push(key);
        return asked.length < 3 ? unknown : { kind: "done", txHash: "0xabc" };
      },
      settle: async ({ key }) => {
        asked.push(key);
        return { kind: "done", txHash: "0xdef" };
      },
    },
  });
  const match = await playing(cluster, node, ["player_a", "player_b"], "duel", "low");
  await cluster.pass(4_000);
  assert.deepEqual(asked, [`escrow:${match}`, `escrow:${match}`, `escrow:${match}`]);
  assert.equal(node.engine.state.matches.get(match)?.phase.state, "ACTIVE");
  await cluster.submit(node, { type: "match.abandon", match, player: "player_a" });
  await cluster.pass(500);
  assert.deepEqual(asked.at(-1), `settle:${match}`);
  assert.equal(node.engine.state.players.get("player_b")?.available, 1_080n);
  assert.equal(node.engine.state.effects.size, 0);
});

test("[E13] an escrow that fails for good cancels the match and pays everybody back", async () => {
  const cluster = new Cluster();
  const node = await cluster.start({
    chain: {
      openEscrow: async () => ({ kind: "failed", reason: "frozen" }),
      settle: async () => ({ kind: "done", txHash: null }),
    },
  });
  const match = await playing(cluster, node, ["player_a", "player_b"], "duel", "low");
  await cluster.pass(100);
  assert.equal(node.engine.state.matches.has(match), false);
  const locked = [...node.engine.state.tickets.values()].reduce((sum, { stake }) => sum + stake, 0n);
  const free = [...node.engine.state.players.values()].reduce((sum, { available }) => sum + available, 0n);
  assert.equal(free + locked, 2_000n);
});
