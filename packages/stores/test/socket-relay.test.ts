import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { FaultProxy, waitUntil } from "@matchforge/testbed";
import type { Relay } from "../src/index.ts";
import { SocketRelay } from "../src/sockets.ts";
import { type Fleet, fleet } from "./socket-fleet.ts";

const within = (what: string) => ({ what, withinMs: 20_000 });

async function until({ publisher, listener }: { publisher: Relay; listener: Relay }): Promise<void> {
  let heard = false;
  const end = listener.subscribe("probe", () => {
    heard = true;
  });
  while (!heard) {
    publisher.publish("probe", "");
    await pause(10);
  }
  end();
}

const codesOf = (nodes: Fleet) => nodes.reports.map(({ code }) => code);

test("[S101] nodes are sent what they listen to and nothing else, three nodes hear each other", async () => {
  await using nodes = fleet();
  const relays = [await nodes.start("a"), await nodes.start("b"), await nodes.start("c")] as const;
  const [a, b, c] = relays;
  await using proxy = await FaultProxy.start({
    to: { host: "127.0.0.1", port: Number(a.address.split(":")[1]) },
  });
  b.setPeers([{ node: "a", address: `127.0.0.1:${proxy.port}` }]);
  c.setPeers([{ node: "a", address: a.address }]);
  const heard: string[] = [];
  c.subscribe("t", (payload) => heard.push(payload));
  await until({ publisher: a, listener: b });
  await until({ publisher: a, listener: c });
  const before = proxy.bytes.toClient;
  for (let count = 1; count <= 100; count += 1) a.publish("t", "x".repeat(1_000));
  await waitUntil(() => heard.length === 100, within("what c listens to"));
  await until({ publisher: a, listener: b });
  assert.ok(proxy.bytes.toClient - before < 10_000, `b was sent ${proxy.bytes.toClient - before} bytes`);
});

test("[S101] ten thousand topics are told in a few messages, and again after a lost line", async () => {
  await using nodes = fleet();
  const [a, b] = [await nodes.start("a"), await nodes.start("b")];
  await using proxy = await FaultProxy.start({
    to: { host: "127.0.0.1", port: Number(a.address.split(":")[1]) },
  });
  b.setPeers([{ node: "a", address: `127.0.0.1:${proxy.port}` }]);
  const heard = new Set<string>();
  const topics = Array.from({ length: 10_000 }, (_, index) => `match_${index}`);
  for (const topic of topics) b.subscribe(topic, () => heard.add(topic));
  await until({ publisher: a, listener: b });
  for (const lost of [false, true]) {
    if (lost) {
      proxy.reset();
      await until({ publisher: a, listener: b });
    }
    heard.clear();
    for (const topic of topics) a.publish(topic, "");
    await waitUntil(() => heard.size === topics.length, within("all topics"));
  }
  assert.ok(codesOf(nodes).includes("RELAY_PEER_LOST"));
});

test("[S105] a line is opened again after its node was gone, and what was published meanwhile is lost", async () => {
  await using nodes = fleet();
  const [a, b] = [await nodes.start("a"), await nodes.start("b")];
  await using proxy = await FaultProxy.start({
    to: { host: "127.0.0.1", port: Number(a.address.split(":")[1]) },
  });
  b.setPeers([{ node: "a", address: `127.0.0.1:${proxy.port}` }]);
  const heard: string[] = [];
  b.subscribe("t", (payload) => heard.push(payload));
  await until({ publisher: a, listener: b });
  await proxy.cut();
  await waitUntil(() => codesOf(nodes).includes("RELAY_PEER_LOST"), within("the loss"));
  a.publish("t", "lost");
  await proxy.heal();
  await until({ publisher: a, listener: b });
  a.publish("t", "heard");
  await waitUntil(() => heard.length > 0, within("a message"));
  assert.deepEqual(heard, ["heard"]);
});

test("[S106] a node that is named under two addresses is heard once, and a relay does not hear itself", async () => {
  await using nodes = fleet();
  const [a, b] = [await nodes.start("a"), await nodes.start("b")];
  const port = Number(a.address.split(":")[1]);
  await using proxy = await FaultProxy.start({ to: { host: "127.0.0.1", port } });
  const twice = [
    { node: "a/1", address: a.address },
    { node: "a/2", address: `127.0.0.1:${proxy.port}` },
  ];
  b.setPeers(twice);
  a.setPeers(twice);
  const heard: string[] = [];
  b.subscribe("t", (payload) => heard.push(payload));
  a.subscribe("t", (payload) => heard.push(payload));
  await until({ publisher: a, listener: b });
  await waitUntil(
    () => nodes.reports.some(({ detail }) => detail.includes("over another line")),
    within("the objection"),
  );
  await waitUntil(
    () => nodes.reports.some(({ detail }) => detail.includes("back to this node")),
    within("the objection"),
  );
  a.publish("t", "once");
  await until({ publisher: a, listener: b });
  assert.deepEqual(heard, ["once", "once"]);
});

test("[S107] a node that is not named any more is not heard any more, the others go on", async () => {
  await using nodes = fleet();
  const [a, b, c] = [await nodes.start("a"), await nodes.start("b"), await nodes.start("c")];
  nodes.introduce();
  const heard: string[] = [];
  c.subscribe("t", (payload) => heard.push(payload));
  await until({ publisher: a, listener: c });
  await until({ publisher: b, listener: c });
  c.setPeers([{ node: "b", address: b.address }]);
  a.publish("t", "of a");
  b.publish("t", "of b");
  await waitUntil(() => heard.includes("of b"), within("what b says"));
  await until({ publisher: b, listener: c });
  assert.deepEqual(heard, ["of b"]);
  assert.deepEqual(nodes.reports, []);
});

test("[S108] a node that says of itself what is no address is reported, and harms nobody", async () => {
  await using nodes = fleet();
  const a = await nodes.start("a");
  const wrong = [
    "10.0.0.1:99999",
    "10.0.0.1:0",
    "[::1%lo]:7411",
    "[zz:12",
    "a#b:12",
    "user:pw@h:1",
    "h:1/x",
    "",
    "h",
  ];
  a.setPeers(wrong.map((address, index) => ({ node: `wrong_${index}`, address })));
  assert.match(
    JSON.stringify(nodes.reports),
    /RELAY_PEER_LOST.*wrong_0: ..10\.0\.0\.1:99999.. is no address/,
  );
  const b = await nodes.start("b");
  a.setPeers([
    { node: "wrong", address: "h:70000" },
    { node: "b", address: b.address },
  ]);
  await until({ publisher: b, listener: a });
});

test("[S108] a relay says where it is, or where it was told that it is, and that an address is taken", async () => {
  await using nodes = fleet();
  const a = await nodes.start("a");
  assert.match(a.address, /^127\.0\.0\.1:\d+$/);
  const port = Number(a.address.split(":")[1]);
  await assert.rejects(nodes.start("b", { port }), (error: Error & { code?: string }) => {
    assert.match(error.message, /cannot listen at 127\.0\.0\.1:\d+.*Choose another address/);
    return error.code === "STORE_UNAVAILABLE";
  });
  assert.equal((await nodes.start("c", { advertise: "node-c:7411" })).address, "node-c:7411");
  await assert.rejects(nodes.start("d", { host: "0.0.0.0" }), /name an address to advertise/);
  await assert.rejects(nodes.start("d", { advertise: "10.0.0.1:99999" }), /is no address to advertise/);
  await assert.rejects(nodes.start("e", { secret: "short" }), /32 characters or more/);
  assert.ok((await nodes.start("f", { host: "0.0.0.0", advertise: "node-f:7411" })) instanceof SocketRelay);
});
