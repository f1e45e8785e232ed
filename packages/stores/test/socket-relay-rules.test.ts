import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { FaultProxy, waitUntil } from "@matchforge/testbed";
import fc from "fast-check";
import { WebSocket, WebSocketServer } from "ws";
import { storeLimits } from "../src/index.ts";
import { framesFrom, frameText } from "../src/relay/sockets/frames.ts";
import { answerer, dialer, type Identity, newNonce, proofOf } from "../src/relay/sockets/greeting.ts";
import { interestFrom, interestTexts } from "../src/relay/sockets/interest.ts";
import { keepPulse } from "../src/relay/sockets/pulse.ts";
import { type Fleet, fleet } from "./socket-fleet.ts";

const within = (what: string) => ({ what, withinMs: 20_000 });

function untilReported(nodes: Fleet, pattern: RegExp): Promise<void> {
  return waitUntil(
    () => nodes.reports.some(({ detail }) => pattern.test(detail)),
    within(`a report of ${pattern}`),
  );
}

/** A line as another program opens it, and the challenge that greets it. */
async function lineTo(address: string) {
  const socket = new WebSocket(`ws://${address}`);
  const messages: string[] = [];
  socket.on("message", (data) => messages.push(String(data)));
  await waitUntil(() => messages.length > 0, within("the challenge"));
  const challenge = JSON.parse(messages[0]!) as Identity;
  const self = { instance: "stranger", node: "x", nonce: newNonce() };
  return {
    socket,
    messages,
    answer(secret: string) {
      const proof = proofOf(secret, { role: dialer, dialer: self, answerer: challenge });
      socket.send(JSON.stringify({ ...self, proof }));
    },
    async closed() {
      if (socket.readyState !== WebSocket.CLOSED) await once(socket, "close");
    },
  };
}

async function provenLineTo(address: string, secret: string) {
  const line = await lineTo(address);
  line.answer(secret);
  await waitUntil(() => line.messages.length > 1, within("the welcome"));
  return line;
}

test("[S100] whoever calls without the secret is let go, and told nothing", async () => {
  await using nodes = fleet();
  const a = await nodes.start("a");
  const line = await lineTo(a.address);
  line.answer("another secret, which nobody here knows");
  await line.closed();
  assert.equal(line.messages.length, 1);
  assert.deepEqual(
    nodes.reports.map(({ code }) => code),
    ["RELAY_PEER_DROPPED"],
  );
  assert.match(nodes.reports[0]!.detail, /let go of 127\.0\.0\.1:\d+: It does not know the shard's secret/);
});

test("[S100] an answer that was overheard opens no other line", async () => {
  await using nodes = fleet();
  const a = await nodes.start("a");
  const first = await lineTo(a.address);
  const overheard: string[] = [];
  const send = first.socket.send.bind(first.socket);
  first.socket.send = (data: unknown) => {
    overheard.push(String(data));
    send(String(data));
  };
  first.answer(nodes.secret);
  await waitUntil(() => first.messages.length > 1, within("the welcome"));
  const second = await lineTo(a.address);
  second.socket.send(overheard[0]!);
  await second.closed();
  assert.equal(second.messages.length, 1);
  first.socket.terminate();
});

test("[S100] a node does not listen to whoever answers without the secret, not even with its own proof", async () => {
  await using nodes = fleet();
  const b = await nodes.start("b");
  const impostor = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(impostor, "listening");
  impostor.on("connection", (socket) => {
    socket.send(JSON.stringify({ instance: "i", node: "a", nonce: newNonce() }));
    socket.once("message", (data) => {
      const { proof } = JSON.parse(String(data)) as { proof: string };
      socket.send(JSON.stringify({ proof }));
      socket.send(frameText({ topic: "t", payload: "forged" }));
    });
  });
  const heard: string[] = [];
  b.subscribe("t", (payload) => heard.push(payload));
  const { port } = impostor.address() as { port: number };
  b.setPeers([{ node: "a", address: `127.0.0.1:${port}` }]);
  await untilReported(nodes, /let go of a at 127\.0\.0\.1:\d+: It does not know/);
  assert.deepEqual(heard, []);
  await b.close();
  impostor.close();
});

test("[S100] a proof is one for its line and its role alone", () => {
  const [a, b] = ["a", "b"].map((name) => ({ instance: name, node: name, nonce: newNonce() }));
  const proofs = [
    proofOf("secret", { role: dialer, dialer: a!, answerer: b! }),
    proofOf("secret", { role: answerer, dialer: a!, answerer: b! }),
    proofOf("secret", { role: dialer, dialer: b!, answerer: a! }),
    proofOf("secret", { role: dialer, dialer: { ...a!, nonce: newNonce() }, answerer: b! }),
    proofOf("other", { role: dialer, dialer: a!, answerer: b! }),
  ];
  assert.equal(new Set(proofs).size, proofs.length);
});

test("[S102] a node that reads nothing loses messages, and another one loses none", async () => {
  await using nodes = fleet();
  const [a, slow, quick] = [await nodes.start("a"), await nodes.start("slow"), await nodes.start("quick")];
  await using proxy = await FaultProxy.start({
    to: { host: "127.0.0.1", port: Number(a.address.split(":")[1]) },
  });
  slow.setPeers([{ node: "a", address: `127.0.0.1:${proxy.port}` }]);
  quick.setPeers([{ node: "a", address: a.address }]);
  const [bySlow, byQuick]: [number[], number[]] = [[], []];
  slow.subscribe("t", (payload) => bySlow.push(Number.parseInt(payload, 10)));
  quick.subscribe("t", (payload) => byQuick.push(Number.parseInt(payload, 10)));
  while (bySlow.length === 0 || byQuick.length === 0) {
    a.publish("t", "0");
    await pause(10);
  }
  proxy.stall("toClient");
  const text = "x".repeat(100_000);
  let count = 0;
  while (!nodes.reports.some(({ code }) => code === "RELAY_DROPPED")) {
    count += 1;
    a.publish("t", `${count} ${text}`);
    await waitUntil(() => byQuick.at(-1) === count, within("the quick one"));
  }
  assert.match(nodes.reports[0]!.detail, /^slow at 127\.0\.0\.1:\d+ does not keep up/);
  await proxy.heal();
  a.publish("t", `${count + 1} `);
  await waitUntil(() => bySlow.includes(count - 1), within("the slow one to catch up"));
  while (!bySlow.includes(-1)) {
    a.publish("t", "-1");
    await pause(10);
  }
  assert.ok(!bySlow.includes(count));
  const numbers = bySlow.filter((number) => number > 0);
  assert.deepEqual(
    numbers,
    [...numbers].sort((left, right) => left - right),
  );
});

test("[S102] a message that is too long is dropped and reported, and listeners here hear it", async () => {
  await using nodes = fleet();
  const [a, b] = [await nodes.start("a"), await nodes.start("b")];
  nodes.introduce();
  const [own, others]: [string[], string[]] = [[], []];
  a.subscribe("t", (payload) => own.push(payload));
  b.subscribe("t", (payload) => others.push(payload));
  while (others.length === 0) {
    a.publish("t", "short");
    await pause(10);
  }
  a.publish("t", "x".repeat(storeLimits.relayMessageText + 1));
  a.publish("t", "x".repeat(storeLimits.relayMessageText));
  await waitUntil(() => others.at(-1)?.length === storeLimits.relayMessageText, within("the longest one"));
  assert.ok(others.every(({ length }) => length <= storeLimits.relayMessageText));
  assert.equal(own.at(-2)?.length, storeLimits.relayMessageText + 1);
  assert.match(nodes.reports[0]!.detail, /too long for the relay/);
});

const broken: Readonly<Record<string, string>> = {
  "no JSON": "hello",
  "no interest": "{}",
  "topics that are none": '{"begin":[1],"cease":[]}',
  "a topic that is too long": JSON.stringify({
    begin: ["x".repeat(storeLimits.relayTopicText + 1)],
    cease: [],
  }),
  "a frame that is too long": "x".repeat(storeLimits.relayFrameBytes + 1),
};
for (const [what, text] of Object.entries(broken)) {
  test(`[S103] a node that sends ${what} is let go, and the others go on`, async () => {
    await using nodes = fleet();
    const [a, b] = [await nodes.start("a"), await nodes.start("b")];
    nodes.introduce();
    const line = await provenLineTo(a.address, nodes.secret);
    line.socket.on("error", () => {});
    line.socket.send(text);
    await line.closed();
    await untilReported(nodes, /let go of x at 127\.0\.0\.1:\d+: ./);
    let heard = false;
    b.subscribe("t", () => {
      heard = true;
    });
    while (!heard) {
      a.publish("t", "");
      await pause(10);
    }
  });
}

test("[S103] a node that listens to too many topics is let go", async () => {
  await using nodes = fleet();
  const a = await nodes.start("a");
  const line = await provenLineTo(a.address, nodes.secret);
  const begin = Array.from({ length: storeLimits.relayTopics + 1 }, (_, index) => `${index}`);
  for (const some of interestTexts({ begin, cease: [] })) line.socket.send(some);
  await line.closed();
  await untilReported(nodes, /listens to more than 100000 topics/);
});

test("[S103] whoever says nothing is let go, at either end", async () => {
  await using nodes = fleet();
  const a = await nodes.start("a");
  const mute = createServer();
  mute.listen(0, "127.0.0.1");
  await once(mute, "listening");
  a.setPeers([{ node: "mute", address: `127.0.0.1:${(mute.address() as { port: number }).port}` }]);
  const wordless = connect(Number(a.address.split(":")[1]), "127.0.0.1");
  const line = await lineTo(a.address);
  await line.closed();
  if (!wordless.closed) await once(wordless.resume(), "close");
  await untilReported(nodes, /let go of 127\.0\.0\.1:\d+: it did not prove who it is in time/);
  await untilReported(nodes, /cannot hear mute at/);
  await a.close();
  mute.close();
});

test("[S104] lines beyond the limit are refused and reported", async () => {
  await using nodes = fleet();
  const a = await nodes.start("a", { linesMax: 2 });
  const lines = [await lineTo(a.address), await lineTo(a.address)];
  const refused = new WebSocket(`ws://${a.address}`);
  await once(refused, "error");
  await untilReported(nodes, /has 2 lines and takes no more/);
  for (const { socket } of lines) socket.terminate();
});

test("[S105] a line whose other end has fallen silent is cut, one that answers is not", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  // Long enough for whoever answers to answer, however busy the machine is.
  const everyMs = 400;
  const closed: string[] = [];
  server.on("connection", (socket, { url = "" }) => {
    keepPulse(socket, everyMs);
    socket.once("close", () => closed.push(url));
  });
  const { port } = server.address() as { port: number };
  const alive = new WebSocket(`ws://127.0.0.1:${port}/alive`);
  let pings = 0;
  alive.on("ping", () => {
    pings += 1;
  });
  new WebSocket(`ws://127.0.0.1:${port}/silent`, { autoPong: false });
  await waitUntil(() => closed.length > 0 && pings > 2, within("the silent one to be cut"));
  assert.deepEqual(closed, ["/silent"]);
  alive.terminate();
  server.close();
});

test("[S109] frames come apart as they were put together, and half ones are told from whole ones", () => {
  const text = fc.string({ unit: "binary" });
  const frame = fc.record({ topic: text, payload: text }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(frame), (frames) => {
      const text = frames.map(frameText).join("");
      assert.deepEqual(framesFrom(text), frames);
      if (frames.length > 0) assert.throws(() => framesFrom(text.slice(0, -1)));
    }),
  );
  for (const text of ["x", "1", "1 1", "-1 1 ab", "1.5 1 ab", "1 2 ab", " 1 a", "1  ab"])
    assert.throws(() => framesFrom(text), text);
});

test("[S109] the longest message and the longest announcement fit into a frame", () => {
  const { relayMessageText, relayTopicText, relayTopicsPerMessage, relayFrameBytes } = storeLimits;
  const longest = frameText({
    topic: "\u{ffff}".repeat(relayTopicText),
    payload: "\u{ffff}".repeat(relayMessageText),
  });
  assert.ok(Buffer.byteLength(longest) + longest.length / 100 <= relayFrameBytes);
  const begin = Array.from({ length: relayTopicsPerMessage }, () => "\u0000".repeat(relayTopicText));
  for (const text of interestTexts({ begin, cease: begin })) {
    assert.ok(Buffer.byteLength(text) <= relayFrameBytes);
    interestFrom(text);
  }
});
