import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { wireLimits } from "@matchforge/protocol";
import { backoffMs, type ClientOptions, type ConnectionStatus } from "../src/index.ts";
import { ClientRig } from "./client-rig.ts";
import { TestServer } from "./test-server.ts";

let rig: ClientRig;
afterEach(() => rig.stop());

/** Numbers that look random and are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test("[C3] one try after the other waits as chance has it, and a success begins anew", async () => {
  rig = await ClientRig.start({ random: seeded(7) });
  rig.server.greet = (socket) => socket.close(1011);
  const random = seeded(7);
  const expected = Array.from({ length: 10 }, (_, attempt) =>
    backoffMs(attempt, { firstMs: 250, maxMs: 10_000, random }),
  );
  const connected = rig.client.connect();
  const pauses: number[] = [];
  for (let attempt = 0; attempt < expected.length; attempt += 1) {
    await rig.becomes("waiting");
    pauses.push(rig.timers.asked.at(-1) ?? Number.NaN);
    if (attempt < expected.length - 1) rig.timers.advance(pauses.at(-1) ?? 0);
  }
  assert.deepEqual(pauses, expected);
  assert.ok(Math.max(...pauses) > 5_000 && Math.max(...pauses) <= 10_000);
  rig.server.greet = () => {};
  await rig.mend(pauses.at(-1) ?? 0);
  await connected;
  assert.ok((await rig.cut()) <= 250);
});

test("[C3] a server that is not there yet is waited for", async () => {
  rig = await ClientRig.start();
  const { port } = rig.server;
  await rig.server.stop();
  const connected = rig.client.connect();
  await rig.becomes("waiting");
  const late = await TestServer.start({ port });
  await rig.mend(250);
  await connected;
  rig.client.close();
  await late.stop();
});

test("[C10] no try comes sooner than the server asked for", async () => {
  rig = await ClientRig.start();
  const { server, client, timers } = rig;
  server.welcome = ({ id }) => {
    const refusal = { code: "STORE_UNAVAILABLE", message: "Later.", retry_after_ms: 3_000 } as const;
    server.send("error", refusal, id);
  };
  const connected = client.connect();
  await rig.becomes("waiting");
  assert.equal(timers.asked.at(-1), 3_000 + 125);
  server.welcome = (message) => server.signIn(message);
  await rig.mend(3_125);
  await connected;
  const told = new Promise((resolve) => client.on("server.draining", resolve));
  server.send("server.draining", { reconnect_after_ms: 1_200 });
  await told;
  assert.equal(await rig.cut(), 1_200 + 125);
  await rig.mend(1_325);
  assert.equal(await rig.cut(), 125);
});

test("[C11] a connection that is silent for longer than pings allow is given up", async () => {
  rig = await ClientRig.ready();
  const { server, timers } = rig;
  const silenceMs = wireLimits.pingIntervalMs + wireLimits.pongTimeoutMs;
  timers.advance(silenceMs);
  server.send("ping", {}, "ping_1");
  await server.got("pong");
  timers.advance(silenceMs);
  assert.equal(rig.client.status, "ready");
  timers.advance(wireLimits.pongTimeoutMs);
  assert.equal(rig.client.status, "waiting");
  await rig.mend(125);
  assert.equal(server.sockets.length, 2);
});

test("[C11] a server that takes the connection and never answers is given up", async () => {
  rig = await ClientRig.start();
  rig.server.welcome = () => {};
  const connected = rig.client.connect();
  await rig.server.got("auth");
  rig.timers.advance(10_000);
  assert.equal(rig.client.status, "waiting");
  rig.server.welcome = (message) => rig.server.signIn(message);
  await rig.mend(125);
  await connected;
});

test("[C12] a ping is answered with its id and the last event seen", async () => {
  rig = await ClientRig.ready();
  rig.server.send("ping", {}, "ping_1");
  rig.server.send("queue.ended", { reason: "cancelled", message: "You left." }, "event_41");
  rig.server.send("ping", {}, "ping_2");
  const pongs = await rig.server.got("pong", 2);
  assert.deepEqual(
    pongs.map(({ id, data }) => [id, data]),
    [
      ["ping_1", {}],
      ["ping_2", { last_event: "event_41" }],
    ],
  );
});

test("[C12] what cannot be understood is passed over", async () => {
  rig = await ClientRig.ready();
  const { server, client } = rig;
  const heard: string[] = [];
  client.on("message", ({ type }) => heard.push(type));
  for (const text of ["", "{", "[]", '{"type":"constructor","id":"1","ts":0,"data":{}}'])
    server.sockets[0]?.send(text);
  server.sockets[0]?.send(Buffer.from("{}"));
  server.answer = ({ id }) => server.send("ok", {}, id);
  await client.request("queue.leave", {});
  assert.deepEqual(heard, ["ok"]);
});

test("[C13] a fresh token is asked for at each try, and one that ran out is replaced", async () => {
  let made = 0;
  rig = await ClientRig.start({ token: async () => `token_${++made}` });
  const { server, client } = rig;
  server.welcome = (message) => {
    const ranOut = message.type === "auth" && message.data.token === "token_1";
    if (ranOut) server.send("error", { code: "TOKEN_EXPIRED", message: "It ran out." }, message.id);
    else server.signIn(message);
  };
  const connected = client.connect();
  await rig.becomes("waiting");
  await rig.mend(125);
  await connected;
  const sent = await server.got("auth", 2);
  assert.deepEqual(
    sent.map((message) => message.type === "auth" && message.data.token),
    ["token_1", "token_2"],
  );
});

const hopeless: readonly (readonly [string, Partial<ClientOptions>, { code?: string; message?: string }])[] =
  [
    ["that is refused", { token: "wrong" }, { code: "INVALID_TOKEN" }],
    ["that cannot be had", { token: () => Promise.reject(new Error("no login")) }, { message: "no login" }],
  ];
for (const [what, options, error] of hopeless) {
  test(`[C13] a first token ${what} ends the client with the reason`, async () => {
    rig = await ClientRig.start(options);
    const { server, client, timers } = rig;
    server.welcome = ({ id }) => server.send("error", { code: "INVALID_TOKEN", message: "No." }, id);
    await assert.rejects(client.connect(), error);
    assert.equal(client.status, "stopped");
    assert.equal(timers.pending, 0);
  });
}

test("[C13] a token that cannot be had later is asked for again", async () => {
  let isAway = false;
  const token = () => (isAway ? Promise.reject(new Error("offline")) : Promise.resolve("t"));
  rig = await ClientRig.ready({ token });
  isAway = true;
  const pauseMs = await rig.cut();
  const waiting = rig.becomes("waiting");
  rig.timers.advance(pauseMs);
  await waiting;
  isAway = false;
  await rig.mend(rig.timers.asked.at(-1) ?? 0);
});

const statuses: readonly ConnectionStatus[] = ["connecting", "ready", "waiting"];
for (const status of statuses) {
  test(`[C7] a client that is closed the moment it is ${status} stays closed`, async () => {
    rig = await ClientRig.start();
    const { client, timers, server } = rig;
    const closed = new Promise<void>((resolve) => {
      client.on("status", (reached) => {
        if (reached !== status) return;
        client.close();
        resolve();
      });
    });
    const connected = client.connect().catch((error: { code: string }) => error.code);
    if (status !== "connecting") await connected;
    if (status === "waiting") server.sockets[0]?.terminate();
    await closed;
    assert.equal(await connected, status === "connecting" ? "CLOSED" : undefined);
    assert.equal(rig.statuses.at(-1), "stopped");
    assert.equal(timers.pending, 0);
  });
}

test("[C7] a client that was closed can connect again", async () => {
  rig = await ClientRig.ready();
  const { client, server } = rig;
  client.close();
  await client.connect();
  server.answer = ({ id }) => server.send("ok", {}, id);
  assert.deepEqual(await client.request("queue.leave", {}), {});
});

test("[C2] a request made as the connection returns is sent once", async () => {
  rig = await ClientRig.ready();
  const { client, server } = rig;
  const pauseMs = await rig.cut();
  const replies: Promise<unknown>[] = [client.request("queue.leave", {})];
  client.on("status", (status) => {
    if (status === "ready") replies.push(client.request("queue.leave", {}));
  });
  server.answer = ({ id }) => server.send("ok", {}, id);
  await rig.mend(pauseMs);
  await Promise.all(replies);
  const sent = (await server.got("queue.leave")).map(({ id }) => id);
  assert.deepEqual(sent, ["msg_1", "msg_2"]);
});
