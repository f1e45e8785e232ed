import assert from "node:assert/strict";
import { test } from "node:test";
import { createState } from "@matchforge/core";
import type { Chain } from "../src/index.ts";
import { ListedServers } from "../src/servers/listed-servers.ts";
import { Cluster, settled } from "./cluster.ts";
import { Lender, onlyMatch, queueTwo, releaseKeys, report, sources } from "./lender.ts";
import { failing } from "./situations.ts";

test("[E27] what was released while the store was away is told when it is back", async () => {
  const cluster = new Cluster();
  let isAway = false;
  const log = failing(cluster.store.connect(), async () => (isAway ? "lost" : "pass"));
  const lender = new Lender("http");
  const release = lender.release.bind(lender);
  const { promise, resolve } = Promise.withResolvers<void>();
  lender.release = async (request) => {
    await promise;
    return release(request);
  };
  const node = await cluster.start({ log, servers: sources(lender) });
  await queueTwo(cluster, node);
  await cluster.pass(500);
  await report(cluster, node, onlyMatch(node));
  isAway = true;
  await cluster.pass(3_000);
  resolve();
  await cluster.pass(500);
  assert.deepEqual([lender.held.size, releaseKeys(node).length], [0, 1]);
  isAway = false;
  await cluster.pass(10_000);
  assert.equal(releaseKeys(node).length, 0);
});

test("[E27] who leads again does not know what was asked meanwhile", async () => {
  const cluster = new Cluster();
  let isAway = false;
  const log = failing(cluster.store.connect(), async () => (isAway ? "lost" : "pass"));
  const { promise, resolve } = Promise.withResolvers<void>();
  const [slow, good] = [new Lender("slow"), new Lender("good")];
  slow.answer = async () => {
    await promise;
    return { kind: "none", reason: "full" };
  };
  const first = await cluster.start({ log, servers: sources(slow, good) });
  const [lost, silent] = [new Lender("slow"), new Lender("good", () => new Promise(() => {}))];
  lost.answer = async ({ key }) => {
    lost.lend(key);
    return { kind: "unknown", cause: new Error("the answer was lost") };
  };
  const second = await cluster.start({ name: "b", servers: sources(lost, silent) });
  await cluster.pass(2_000);
  await queueTwo(cluster, second);
  await cluster.pass(500);
  isAway = true;
  await cluster.pass(5_000);
  assert.deepEqual([second.engine.leads, lost.held.size, silent.asked.length], [true, 1, 1]);
  isAway = false;
  await cluster.until(second.engine.halt());
  await cluster.pass(5_000);
  assert.equal(first.engine.leads, true);
  resolve();
  await cluster.pass(1_000);
  assert.deepEqual(
    good.asked.map(({ isUnsure }) => isUnsure),
    [true],
  );
  assert.deepEqual([slow.releases, good.releases, releaseKeys(first).length], [1, 0, 0]);
});

test("[E27] who leads next leaves releases to the allocators, and pays nothing under their keys", async () => {
  const cluster = new Cluster();
  const unknown = { kind: "unknown", cause: new Error("no answer") } as const;
  const paid: string[] = [];
  const chain: Chain = {
    openEscrow: async () => ({ kind: "done", txHash: null }),
    settle: async ({ key }) => {
      paid.push(key);
      return unknown;
    },
  };
  const lenders = [new Lender("http"), new Lender("http")];
  for (const lender of lenders) lender.release = async () => unknown as never;
  const first = await cluster.start({ chain, servers: sources(lenders[0]) });
  const second = await cluster.start({ name: "b", chain, servers: sources(lenders[1]) });
  await cluster.pass(2_000);
  await queueTwo(cluster, second, { mode: "hosted_duel", tier: "low" });
  await cluster.pass(500);
  const match = onlyMatch(second);
  await report(cluster, second, match);
  await cluster.until(first.engine.halt());
  await cluster.pass(5_000);
  assert.equal(second.engine.leads, true);
  assert.deepEqual(new Set(paid), new Set([`settle:${match.id}`]));
  assert.deepEqual(releaseKeys(second), [`release:${match.id}:1`]);
});

test("[E27] a node that ends waits for no allocator", async () => {
  const cluster = new Cluster();
  const lender = new Lender("http");
  let releases = 0;
  lender.release = async () => {
    releases += 1;
    return { kind: "unknown", cause: new Error("no answer") } as never;
  };
  const node = await cluster.start({ servers: sources(lender) });
  await queueTwo(cluster, node);
  await cluster.pass(500);
  await report(cluster, node, onlyMatch(node));
  await cluster.pass(1_000);
  await cluster.until(node.engine.stop());
  const before = releases;
  assert.ok(before > 0);
  await cluster.pass(60_000);
  assert.equal(releases, before);
});

test("[E28] a list that could not be told while the store was away is told when it is back", async () => {
  const state = createState();
  state.level = 3;
  const said: string[] = [];
  let isAway = true;
  const listed = new ListedServers({
    state: () => state,
    leads: () => true,
    submit: async ({ type }) => {
      said.push(type);
      return isAway ? { ok: false, code: "STORE_UNAVAILABLE" } : { ok: true, position: 1, events: [] };
    },
    listed: [{ name: "one", offer: { address: "a:1", region: null, capacity: 1, labels: {} } }],
  });
  listed.applied([]);
  await settled();
  isAway = false;
  listed.applied([]);
  await settled();
  listed.applied([]);
  assert.deepEqual(said, ["server.up", "server.up"]);
});
