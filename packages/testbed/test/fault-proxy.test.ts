import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { waitUntil } from "../src/index.ts";
import { testbedLimits } from "../src/limits.ts";
import { EchoServer } from "./echo-server.ts";

const soon = (what: string) => ({ what, withinMs: 30_000 });

test("[TB30] bytes pass unchanged, and are counted", async () => {
  await using server = await EchoServer.start();
  const client = await server.greetedClient();
  await client.say("x".repeat(300_000));
  assert.deepEqual(server.proxy.bytes, { toServer: 300_005, toClient: 300_005 });
  assert.equal(server.proxy.connections, 1);
});

test("[TB30] an end passes in its direction, and leaves the other open", async () => {
  await using server = await EchoServer.start();
  const client = await server.greetedClient();
  const [there] = server.sockets;
  assert.ok(there);
  there.unpipe(there).resume();
  client.socket.end("last");
  await once(there, "end");
  assert.ok(!client.hasEnded);
  there.end("answer");
  await client.until(() => client.hasEnded);
  assert.equal(client.heard, "helloanswer");
  assert.equal(await client.brokenOff(), undefined);
  await waitUntil(() => server.proxy.connections === 0, soon("the end of the connection"));
});

test("[TB30] a breaking off passes in both directions", async () => {
  await using server = await EchoServer.start();
  const first = await server.greetedClient();
  const [there] = server.sockets;
  there?.resetAndDestroy();
  assert.equal(await first.brokenOff(), "ECONNRESET");
  const second = await server.greetedClient();
  assert.equal(server.sockets.size, 1);
  second.socket.resetAndDestroy();
  await waitUntil(() => server.sockets.size === 0, soon("the server to notice"));
  assert.equal(server.proxy.connections, 0);
});

test("[TB31] a cut resets what is there and refuses what comes, until it is healed", async () => {
  await using server = await EchoServer.start();
  const client = await server.greetedClient();
  await server.proxy.cut();
  assert.equal(await client.brokenOff(), "ECONNRESET");
  await assert.rejects(server.client(), { code: "ECONNREFUSED" });
  await server.proxy.cut();
  await server.proxy.heal();
  await (await server.greetedClient()).say("again");
});

test("[TB32] a reset hits what is there and nothing that comes", async () => {
  await using server = await EchoServer.start();
  const clients = [await server.greetedClient(), await server.greetedClient()];
  server.proxy.reset();
  for (const client of clients) assert.equal(await client.brokenOff(), "ECONNRESET");
  await waitUntil(() => server.sockets.size === 0, soon("the server to notice"));
  await server.greetedClient();
});

test("[TB33] a black hole to the server swallows what is said to it, and nothing that it says", async () => {
  await using server = await EchoServer.start();
  const client = await server.greetedClient();
  const [there] = server.sockets;
  server.proxy.blackHole("toServer");
  client.socket.write("lost");
  await waitUntil(() => server.proxy.lostBytes.toServer === 4, soon("the loss"));
  there?.write("heard");
  await client.until(() => client.heard === "helloheard");
  assert.deepEqual(server.proxy.lostBytes, { toServer: 4, toClient: 0 });
  client.socket.destroy();
  await waitUntil(() => client.socket.closed, soon("the client to close"));
  assert.equal(there?.readyState, "open");
});

test("[TB33] a black hole to the client swallows the answer to what was heard", async () => {
  await using server = await EchoServer.start();
  const client = await server.greetedClient();
  server.proxy.blackHole("toClient");
  client.socket.write("heard");
  await waitUntil(() => server.proxy.lostBytes.toClient === 5, soon("the loss"));
  assert.equal(server.proxy.bytes.toServer, 10);
  assert.equal(client.heard, "hello");
  assert.equal(client.socket.readyState, "open");
});

test("[TB33] in a black hole new connections hang, and go on when it is healed", async () => {
  await using server = await EchoServer.start();
  server.proxy.blackHole();
  const client = await server.client();
  client.socket.write("patient");
  await waitUntil(() => server.proxy.connections === 1, soon("the connection"));
  assert.equal(server.sockets.size, 0);
  await server.proxy.heal();
  await client.until(() => client.heard === "patient");
});

test("[TB34] healing resets a connection that lost bytes or an end, and spares the others", async () => {
  await using server = await EchoServer.start();
  const [lossy, ended, silent] = [
    await server.greetedClient(),
    await server.greetedClient(),
    await server.greetedClient(),
  ];
  server.proxy.blackHole();
  lossy.socket.write("lost");
  ended.socket.end();
  await waitUntil(() => server.proxy.lostBytes.toServer === 4, soon("the loss"));
  await server.proxy.heal();
  assert.equal(await lossy.brokenOff(), "ECONNRESET");
  await silent.say("still here");
  await waitUntil(() => server.sockets.size === 1, soon("the server to notice"));
});

test("[TB34] a stream with a gap stays silent when only other faults follow", async () => {
  await using server = await EchoServer.start();
  const client = await server.greetedClient();
  server.proxy.blackHole("toServer");
  client.socket.write("lost");
  await waitUntil(() => server.proxy.lostBytes.toServer === 4, soon("the loss"));
  server.proxy.stall("toServer");
  client.socket.write("too late");
  await waitUntil(() => server.proxy.lostBytes.toServer === 12, soon("the loss of the rest"));
  await server.proxy.heal();
  assert.equal(await client.brokenOff(), "ECONNRESET");
  assert.equal(client.heard, "hello");
});

for (const direction of ["toServer", "toClient", "both"] as const) {
  test(`[TB35] what is stalled (${direction}) arrives when it is healed`, async () => {
    await using server = await EchoServer.start();
    const client = await server.greetedClient();
    server.proxy.stall(direction);
    client.socket.end("late");
    const held = direction === "toClient" ? "toClient" : "toServer";
    await waitUntil(() => server.proxy.heldBytes[held] === 4, soon("the bytes to be held"));
    const newcomer = await server.client();
    newcomer.socket.write("new");
    assert.equal(client.heard, "hello");
    await server.proxy.heal();
    await client.until(() => client.hasEnded);
    assert.equal(client.heard, "hellolate");
    await newcomer.until(() => newcomer.heard === "new");
  });
}

test("[TB36] a delay holds in each direction, and jitter reorders nothing", async () => {
  let draws = 0;
  const random = () => {
    draws += 1;
    // The first piece travels longest, so that the others would overtake it.
    return draws === 1 ? 0.9 : 0;
  };
  await using server = await EchoServer.start({ random });
  const client = await server.client();
  server.proxy.delay({ ms: 20, jitterMs: 100 });
  const sentAt = performance.now();
  client.socket.write("a");
  await waitUntil(() => server.proxy.heldBytes.toServer === 1, soon("the first piece"));
  client.socket.write("b");
  await client.until(() => client.heard === "ab");
  assert.ok(performance.now() - sentAt >= 20 + 90 + 20);
});

test("[TB36] healing lets arrive at once what is on its way", async () => {
  await using server = await EchoServer.start();
  const client = await server.greetedClient();
  server.proxy.delay({ ms: 3_600_000, direction: "toClient" });
  client.socket.write("slow");
  await waitUntil(() => server.proxy.heldBytes.toClient === 4, soon("the bytes to be held"));
  await server.proxy.heal();
  await client.until(() => client.heard === "helloslow");
});

test("[TB37] a throttle is shared by all connections of a direction", async () => {
  await using server = await EchoServer.start();
  const clients = [await server.greetedClient(), await server.greetedClient()];
  const bytesPerSecond = 100_000;
  server.proxy.throttle({ bytesPerSecond, direction: "toServer" });
  const sentAt = performance.now();
  await Promise.all(clients.map((client) => client.say("x".repeat(10_000))));
  assert.ok(performance.now() - sentAt >= (2 * 10_000 * 1_000) / bytesPerSecond);
  assert.throws(() => server.proxy.throttle({ bytesPerSecond: 0 }), RangeError);
});

test("[TB38] a proxy holds no more than its limit, and loses nothing of it", async () => {
  await using server = await EchoServer.start();
  const client = await server.greetedClient();
  server.proxy.stall("toServer");
  const text = "0123456789abcdef".repeat(1_048_576);
  client.socket.write(text);
  await waitUntil(() => server.proxy.heldBytes.toServer >= testbedLimits.heldBytesMax, soon("the limit"));
  // What one read brings may come on top.
  assert.ok(server.proxy.heldBytes.toServer < testbedLimits.heldBytesMax + 65_536 * 2);
  await server.proxy.heal();
  await client.until(() => client.heard.length === 5 + text.length);
  assert.ok(client.heard === `hello${text}`);
});

test("[TB38] a receiver that does not read holds up the sender, not the proxy", async () => {
  await using server = await EchoServer.start();
  const client = await server.greetedClient();
  const [there] = server.sockets;
  assert.ok(there);
  there.unpipe(there).pause();
  const text = "x".repeat(32 * 1_048_576);
  client.socket.write(text);
  await waitUntil(() => server.proxy.heldBytes.toServer >= testbedLimits.heldBytesMax, soon("the limit"));
  assert.ok(server.proxy.heldBytes.toServer < testbedLimits.heldBytesMax + 65_536 * 2);
  there.pipe(there);
  await client.until(() => client.heard.length === 5 + text.length);
});

test("[TB39] connections beyond the limit are reset and counted", async () => {
  await using server = await EchoServer.start({ connectionsMax: 1 });
  const first = await server.greetedClient();
  assert.equal(await server.dial().brokenOff(), "ECONNRESET");
  assert.equal(server.proxy.refused, 1);
  await first.say("still here");
  first.socket.resetAndDestroy();
  await waitUntil(() => server.proxy.connections === 0, soon("the end of the connection"));
  await server.greetedClient();
});

test("[TB39] without a server behind it a connection is reset", async () => {
  await using server = await EchoServer.start();
  server.close();
  assert.equal(await server.dial().brokenOff(), "ECONNRESET");
  await waitUntil(() => server.proxy.connections === 0, soon("the end of the connection"));
});
