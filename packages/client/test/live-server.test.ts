import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { ServerMessages, ServerMessageType } from "@matchforge/protocol";
import { MatchForgeClient, RequestError, signInAsGuest, TypingSession } from "../src/index.ts";
import { CuttingProxy } from "./cutting-proxy.ts";
import { Served } from "./served.ts";

let served: Served;
let line: CuttingProxy;
const clients: MatchForgeClient[] = [];
before(async () => {
  served = await Served.start({ MATCHFORGE_GUEST_SIGN_INS_PER_MINUTE: "10" });
  line = await CuttingProxy.start(served.url);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
after(async () => {
  await line.stop();
  await served.stop();
});

async function guest(url: string): Promise<MatchForgeClient> {
  const { token } = await signInAsGuest(served.url);
  const client = new MatchForgeClient({ url, token, backoff: { firstMs: 5, maxMs: 50 } });
  clients.push(client);
  await client.connect();
  return client;
}

function next<Type extends ServerMessageType>(
  client: MatchForgeClient,
  type: Type,
): Promise<ServerMessages[Type]> {
  return new Promise((resolve) => {
    const stop = client.on(type, (data) => {
      stop();
      resolve(data as ServerMessages[Type]);
    });
  });
}

test("[C2] a request whose reply is lost with the connection is carried out once", async () => {
  const client = await guest(line.url);
  line.isDeaf = true;
  const reply = client.request("queue.enter", { game_type: "quick" });
  await served.counts('matchmaking_queue_size{mode="quick",tier=""}', 1);
  const sync = next(client, "session.sync");
  line.isDeaf = false;
  line.cut();
  assert.equal((await sync).state, "in_queue");
  assert.equal((await reply).players_in_tier, 1);
  await served.counts('game_websocket_messages_total{type="queue.enter"}', 2);
  await client.request("queue.leave", {});
});

test("[C6] a duel typed over a line that is cut again and again comes out as typed", async () => {
  const [ada, bob] = [await guest(line.url), await guest(served.url)];
  const started = next(ada, "game.started");
  for (const client of [ada, bob]) await client.request("queue.enter", { game_type: "quick" });
  const { match_id, code_sequence: text = "" } = await started;
  const results = [next(ada, "game.result"), next(bob, "game.result")];
  const typing = new TypingSession({ client: ada, matchId: match_id });
  const slips = 2;
  for (const [index, key] of [...text].entries()) {
    typing.press(index < slips ? `~\b${key}` : key);
    if (index % 15 !== 14) continue;
    const returned = next(ada, "session.sync");
    line.cut();
    await returned;
  }
  const [won, lost] = await Promise.all(results);
  typing.end();
  assert.deepEqual([won?.end_reason, won?.your_stats.progress], ["completed", 1]);
  assert.equal(won?.your_stats.accuracy, text.length / (text.length + slips));
  assert.equal(lost?.opponent_stats?.progress, 1);
  assert.equal(lost?.winner, won?.winner);
});

test("[C1] the server's refusal comes with its code and its sentence", async () => {
  const client = await guest(served.url);
  await assert.rejects(client.request("queue.enter", { game_type: "chess" }), (error) => {
    assert.ok(error instanceof RequestError);
    assert.equal(error.code, "QUEUE_NOT_FOUND");
    assert.ok(error.message.length > 10);
    return true;
  });
});

test("[C4] who connects from elsewhere replaces the older client, which stays away", async () => {
  const { token } = await signInAsGuest(served.url);
  const [older, newer] = [0, 1].map(() => new MatchForgeClient({ url: served.url, token }));
  assert.ok(older !== undefined && newer !== undefined);
  clients.push(older, newer);
  await older.connect();
  const stopped = new Promise<void>((resolve) => {
    older.on("status", (status) => {
      if (status === "stopped") resolve();
    });
  });
  await newer.connect();
  await stopped;
  assert.equal(newer.status, "ready");
});

test("[C16] who signs in too often is told when to come back", async () => {
  const refusal = await (async () => {
    for (;;) await signInAsGuest(served.url);
  })().catch((error: unknown) => error);
  assert.ok(refusal instanceof RequestError);
  assert.equal(refusal.code, "RATE_LIMITED");
  assert.ok((refusal.retryAfterMs ?? 0) > 0 && (refusal.retryAfterMs ?? 0) <= 60_000);
});
