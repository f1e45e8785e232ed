import assert from "node:assert/strict";
import { test } from "node:test";
import { type MatchId, type ServerOffer, supportedLevels } from "@matchforge/core";
import type { ServerSources } from "../src/index.ts";
import { Cluster } from "./cluster.ts";
import { Lender, none, onlyMatch, queueTwo, releaseKeys, report, sources } from "./lender.ts";

test("[E26] allocators are asked in their order until one has a server; it is given back with the end", async () => {
  const cluster = new Cluster();
  const [full, good] = [new Lender("full", none), new Lender("good")];
  const node = await cluster.start({ servers: sources("registry", full, good) });
  await queueTwo(cluster, node);
  await cluster.pass(500);
  const match = onlyMatch(node);
  assert.equal(match.phase.state, "ACTIVE");
  assert.equal(match.server, "198.51.100.1:1");
  const [request] = good.asked;
  assert.deepEqual([request.key, request.credential], [`allocate:${match.id}:1`, `${match.id}/1`]);
  assert.equal(full.asked.length, 1);
  await report(cluster, node, match);
  await cluster.pass(500);
  assert.deepEqual([good.held.size, releaseKeys(node).length, node.engine.state.servers.size], [0, 0, 0]);
});

test("[E26] when nobody has a server the match is called off after three rounds, and everybody waits again", async () => {
  const cluster = new Cluster();
  const full = new Lender("full", none);
  const node = await cluster.start({ servers: sources("registry", full) });
  await queueTwo(cluster, node);
  await cluster.pass(200);
  const { id } = onlyMatch(node);
  await cluster.pass(6_000);
  assert.equal(full.asked.filter(({ match }) => match === id).length, 3);
  assert.equal(node.engine.state.matches.has(id), false);
  assert.deepEqual(
    [...node.engine.state.players.values()].filter(({ ticket, match }) => ticket === null && match === null),
    [],
  );
  assert.equal(full.releases, 0, "nothing was uncertain");
});

test("[E26] a registered server is chosen by the kernel, and only the leader asks", async () => {
  const cluster = new Cluster();
  const lenders = [new Lender("http"), new Lender("http")];
  const leader = await cluster.start({ servers: sources("registry", lenders[0]) });
  const follower = await cluster.start({ name: "b", servers: sources("registry", lenders[1]) });
  await cluster.pass(3_000);
  await cluster.submit(follower, {
    type: "server.up",
    server: "server_one",
    allocator: "registry",
    instance: "1",
    offer: { address: "203.0.113.1:1", region: null, capacity: 1, labels: {} },
    isHeard: false,
  });
  await queueTwo(cluster, leader);
  await cluster.pass(500);
  assert.equal(onlyMatch(follower).server, "203.0.113.1:1");
  await queueTwo(cluster, leader, { names: ["c", "d"] });
  await cluster.pass(500);
  assert.equal(lenders[0].asked.length, 1);
  assert.equal(lenders[1].asked.length, 0);
});

test("[E27] an answer that comes after the match was called off is given back", async () => {
  const cluster = new Cluster();
  const slow = new Lender("slow");
  const { promise, resolve } = Promise.withResolvers<void>();
  slow.answer = async ({ key }) => {
    await promise;
    return slow.lend(key);
  };
  slow.release = async ({ key }) => {
    slow.releases += 1;
    await promise;
    slow.held.delete(key);
    return { kind: "done" };
  };
  const node = await cluster.start({ servers: sources(slow) });
  await queueTwo(cluster, node);
  await cluster.pass(200);
  const { id } = onlyMatch(node);
  await cluster.submit(node, { type: "match.abandon", match: id, player: "player_a" });
  assert.deepEqual(releaseKeys(node), [`release:${id}:1`]);
  resolve();
  await cluster.pass(1_000);
  assert.deepEqual([slow.held.size, releaseKeys(node).length], [0, 0]);
});

test("[E27] what another allocator may hold is released while the match is played", async () => {
  const cluster = new Cluster();
  const lost = new Lender("lost");
  lost.answer = async ({ key }) => {
    lost.lend(key);
    return { kind: "unknown", cause: new Error("the answer was lost") };
  };
  const good = new Lender("good");
  const node = await cluster.start({ servers: sources(lost, good) });
  await queueTwo(cluster, node);
  await cluster.pass(500);
  assert.equal(onlyMatch(node).phase.state, "ACTIVE");
  assert.deepEqual([lost.held.size, good.held.size, good.releases], [0, 1, 0]);
  await report(cluster, node, onlyMatch(node));
  await cluster.pass(500);
  assert.deepEqual([good.held.size, releaseKeys(node).length], [0, 0]);
});

test("[E27] a release is repeated until it is certain", async () => {
  const cluster = new Cluster();
  const stubborn = new Lender("stubborn");
  const release = stubborn.release.bind(stubborn);
  stubborn.release = async (request) => {
    if (stubborn.releases >= 2) return release(request);
    stubborn.releases += 1;
    return { kind: "unknown", cause: new Error("no answer") } as never;
  };
  const node = await cluster.start({ servers: sources(stubborn) });
  await queueTwo(cluster, node);
  await cluster.pass(500);
  await report(cluster, node, onlyMatch(node));
  await cluster.pass(5_000);
  assert.deepEqual([stubborn.held.size, stubborn.releases, releaseKeys(node).length], [0, 3, 0]);
});

test("[E27] who leads next asks under the same key, and releases what others may hold", async () => {
  const cluster = new Cluster();
  const never = new Lender("never", () => new Promise(() => {}));
  const held = new Lender("held");
  held.answer = none;
  const first = await cluster.start({ servers: sources(never, held) });
  const taker = new Lender("never");
  const second = await cluster.start({ name: "b", servers: sources(taker, held) });
  await cluster.pass(3_000);
  await queueTwo(cluster, second);
  await cluster.pass(500);
  const { id } = onlyMatch(second);
  await cluster.until(first.engine.halt());
  await cluster.pass(4_000);
  assert.equal(second.engine.leads, true);
  assert.deepEqual(
    taker.asked.map(({ key }) => key),
    [`allocate:${id}:1`],
  );
  assert.equal(onlyMatch(second).server, "198.51.100.1:1");
  assert.deepEqual([held.releases, taker.releases, releaseKeys(second).length], [1, 0, 0]);
});

const offer: ServerOffer = { address: "203.0.113.9:1", region: "eu", capacity: 1, labels: {} };

test("[E28] the leader's list is what the shard has of it", async () => {
  const cluster = new Cluster();
  const list = (...names: string[]): ServerSources => ({
    ...sources("static"),
    listed: names.map((name) => ({ name, offer })),
  });
  const first = await cluster.start({ servers: list("one", "two") });
  await queueTwo(cluster, first);
  await cluster.pass(500);
  assert.deepEqual([...first.engine.state.servers.keys()], ["server_one", "server_two"]);
  const match = onlyMatch(first);
  assert.equal(match.allocation?.server, "server_one");
  await cluster.until(first.engine.stop());
  const second = await cluster.start({ name: "b", servers: list("two", "three") });
  await cluster.pass(1_000);
  const draining = second.engine.state.servers.get("server_one")?.draining;
  assert.deepEqual(
    [[...second.engine.state.servers.keys()], draining],
    [["server_one", "server_two", "server_three"], true],
  );
  await report(cluster, second, match);
  await cluster.pass(500);
  assert.deepEqual([...second.engine.state.servers.keys()], ["server_two", "server_three"]);
});

test("[E29] a mode without servers is left alone for ever longer, until there is one", async () => {
  const cluster = new Cluster();
  const full = new Lender("full", none);
  const node = await cluster.start({ servers: sources(full) });
  await queueTwo(cluster, node);
  const tries = async (ms: number): Promise<number> => {
    const before = new Set(full.asked.map(({ match }) => match));
    await cluster.pass(ms);
    return new Set(full.asked.map(({ match }) => match).filter((id: MatchId) => !before.has(id))).size;
  };
  const first = await tries(20_000);
  for (const player of ["player_a", "player_b"] as const)
    if (node.engine.state.players.get(player)?.epoch === 0) await cluster.connect(node, player);
  const later = await tries(20_000);
  assert.ok(first > later && later >= 1, `${first} tries, then ${later}`);
  full.answer = async ({ key }) => full.lend(key);
  await cluster.pass(16_000);
  assert.equal(onlyMatch(node).phase.state, "ACTIVE");
});

test("[E30] rules that need the level of servers wait until the shard has it", async () => {
  const cluster = new Cluster();
  const older = await cluster.start({ levels: supportedLevels.filter((level) => level < 3) });
  assert.deepEqual(older.engine.state.rulesVersion, 0);
  assert.ok(older.problems.some((problem) => problem.startsWith("LEVEL_TOO_LOW")));
  const newer = await cluster.start({ name: "b" });
  await cluster.until(older.engine.stop());
  await cluster.pass(5_000);
  assert.equal(newer.engine.state.level, 3);
  assert.ok(newer.engine.state.rulesVersion > 0);
});
