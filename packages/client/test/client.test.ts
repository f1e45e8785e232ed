import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { ServerMessages } from "@matchforge/protocol";
import fc from "fast-check";
import {
  backoffMs,
  type ClientOptions,
  MatchForgeClient,
  RequestError,
  type Timers,
  TypingSession,
} from "../src/index.ts";
import { TestServer } from "./test-server.ts";

let server: TestServer;
let client: MatchForgeClient;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(async () => {
  client.close();
  await server.stop();
});

async function connected(options: Partial<ClientOptions> = {}): Promise<MatchForgeClient> {
  client = new MatchForgeClient({
    url: server.url,
    token: "t",
    backoff: { firstMs: 1, maxMs: 5 },
    ...options,
  });
  await client.connect();
  return client;
}

const ok = () => {
  server.answer = (message) => server.send("ok", {}, message.id);
};

function becomes(status: MatchForgeClient["status"]): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.on("status", (now) => {
      if (now !== status) return;
      stop();
      resolve();
    });
  });
}

test("[C1] a request resolves with its reply or rejects with the server's code", async () => {
  await connected();
  ok();
  assert.deepEqual(await client.request("queue.leave", {}), {});
  server.answer = (message) =>
    server.send("error", { code: "COOLDOWN", message: "Wait.", retry_after_ms: 700 }, message.id);
  await assert.rejects(client.request("queue.enter", { game_type: "duel" }), (error) => {
    assert.ok(error instanceof RequestError);
    assert.deepEqual([error.code, error.retryAfterMs], ["COOLDOWN", 700]);
    return true;
  });
});

test("[C2] [C3] what was not answered is sent again under its id on the next connection", async () => {
  await connected();
  const reply = client.request("queue.leave", {});
  await server.got("queue.leave");
  ok();
  server.sockets[0]?.terminate();
  await becomes("ready");
  assert.deepEqual(await reply, {});
  const sent = await server.got("queue.leave", 2);
  assert.equal(sent[0]?.id, sent[1]?.id);
  const auths = await server.got("auth", 2);
  const instances = auths.map((message) => message.type === "auth" && message.data.client);
  assert.equal(instances[0], instances[1]);
});

test("[C3] the pause before a try is drawn below a bound that doubles and is capped", () => {
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 0.999_999, noNaN: true }), (attempt, drawn) => {
      const pause = backoffMs(attempt, { firstMs: 250, maxMs: 10_000, random: () => drawn });
      assert.ok(pause >= 0 && pause <= Math.min(10_000, 250 * 2 ** Math.min(attempt, 30)));
    }),
  );
  const most = (attempt: number) =>
    backoffMs(attempt, { firstMs: 250, maxMs: 10_000, random: () => 0.999_999 });
  assert.deepEqual([0, 1, 2, 3, 10, 1_000].map(most), [250, 500, 1_000, 2_000, 10_000, 10_000]);
});

test("[C4] who was replaced stays away", async () => {
  await connected();
  const stopped = becomes("stopped");
  server.sockets[0]?.close(4001, "replaced");
  await stopped;
  assert.equal(server.sockets.length, 1);
  await assert.rejects(client.request("queue.leave", {}), { code: "CLOSED" });
});

test("[C5] a listener hears every message of its type until it is taken back", async () => {
  await connected();
  const heard: number[] = [];
  const stop = client.on("queue.update", ({ position }) => heard.push(position));
  const update = (position: number) =>
    server.send("queue.update", {
      status: "searching",
      position,
      estimated_wait_secs: null,
      players_in_tier: 9,
    });
  const all = new Promise<void>((resolve) => {
    client.on("queue.update", ({ position }) => {
      if (position === 2) stop();
      if (position === 3) resolve();
    });
  });
  for (const position of [1, 2, 3]) update(position);
  await all;
  assert.deepEqual(heard, [1, 2]);
});

test("[C5] a listener that throws stops nobody else, and its error is not swallowed", async (context) => {
  await connected();
  const thrown: (() => void)[] = [];
  context.mock.method(globalThis, "queueMicrotask", (call: () => void) => thrown.push(call));
  client.on("ok", () => {
    throw new Error("a listener's bug");
  });
  const others = new Promise((resolve) => client.on("ok", resolve));
  ok();
  await Promise.all([client.request("queue.leave", {}), others]);
  assert.throws(() => thrown[0]?.(), /a listener's bug/);
});

test("[C6] keys are kept until acknowledged, and after a return go on where the server has them", async () => {
  await connected();
  const typing = new TypingSession({ client, matchId: "match_1" });
  typing.press("hello");
  const [first] = await server.got("game.progress");
  assert.deepEqual(first?.data, { match_id: "match_1", from: 0, typed: "hello" });
  assert.equal(typing.offset, 5);
  typing.press(" world");
  server.sync = {
    ...server.sync,
    state: "in_match",
    match: {
      match_id: "match_1",
      mode: "duel",
      state: "ACTIVE",
      opponent: null,
      region: null,
      map: null,
      wager: "0",
      deadline: 1,
      code_commitment: "a".repeat(64),
      code_sequence: "hello world",
      code_salt: "00",
      remaining_ms: 1_000,
      upto: 3,
      position: 3,
      opponent_progress: null,
    },
  };
  server.answer = (message) => {
    if (message.type !== "game.progress") return;
    const { from, typed } = message.data;
    server.send("game.ack", { match_id: "match_1", upto: from + typed.length }, message.id);
  };
  server.sockets[0]?.terminate();
  const sent = await server.got("game.progress", 2);
  assert.deepEqual(sent.at(-1)?.data, { match_id: "match_1", from: 3, typed: "lo world" });
  typing.end();
});

test("[C7] closing rejects what is unanswered", async () => {
  await connected();
  const reply = client.request("queue.leave", {});
  await server.got("queue.leave");
  client.close();
  await assert.rejects(reply, { code: "CLOSED" });
  assert.equal(client.status, "stopped");
});

test("[C8] neither the client nor the protocol it imports uses anything of Node", () => {
  const packages = ["client", "protocol", "core"];
  for (const name of packages) {
    const folder = fileURLToPath(new URL(`../../${name}/src`, import.meta.url));
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const source = readFileSync(join(folder, file), "utf8");
      assert.doesNotMatch(
        source,
        /from "(node:|fs|path|crypto|ws)|\bprocess\.|\bBuffer\b/,
        `${name}/${file}`,
      );
    }
  }
});

test("[C9] a request nobody answers times out, and too many at once are refused", async () => {
  const due: (() => void)[] = [];
  const timers: Timers = {
    now: () => 0,
    after: (delayMs, call) => {
      if (delayMs === 777) due.push(call);
      return () => {};
    },
  };
  await connected({ timers, requestTimeoutMs: 777 });
  const waiting = Array.from({ length: 64 }, () => client.request("queue.leave", {}));
  await assert.rejects(client.request("queue.leave", {}), { code: "TOO_MANY_REQUESTS" });
  for (const call of due) call();
  for (const one of waiting) await assert.rejects(one, { code: "TIMEOUT" });
});

test("[C1] requests about a party answer the party, and what happens to it is told by type", async () => {
  await connected();
  const party: ServerMessages["party.update"] = {
    party_id: "party_1",
    leader: "player_ada",
    size_max: 4,
    members: [{ player_id: "player_ada", ready: false, roles: [] }],
    invited: ["player_bob"],
  };
  server.answer = (message) =>
    message.type === "party.disband"
      ? server.send("ok", {}, message.id)
      : server.send("party.update", party, message.id);
  assert.equal((await client.request("party.create", { size_max: 4 })).leader, "player_ada");
  const invited = await client.request("party.invite", { party_id: "party_1", player_id: "player_bob" });
  assert.deepEqual(invited, party);
  assert.deepEqual(await client.request("party.disband", { party_id: "party_1" }), {});
  const invitation = new Promise((resolve) => client.on("party.invitation", ({ from }) => resolve(from)));
  server.send(
    "party.invitation",
    { party_id: "party_2", from: "player_bob", expires_in_secs: 60 },
    "event_2",
  );
  assert.equal(await invitation, "player_bob");
});
