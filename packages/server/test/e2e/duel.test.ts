import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { MatchForgeClient, TypingSession } from "@matchforge/client";
import type { ServerMessages } from "@matchforge/protocol";
import { mintToken } from "./command-line.ts";
import { RecordingProxy } from "./recording-proxy.ts";
import { oneToken } from "./rules-text.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const bronze = { game_type: "code_duel", stake_tier: "bronze" };
const tokens = (count: bigint) => (count * oneToken).toString();

test("[B1] a staked duel of two guests, from sign-in to the payout", async () => {
  const guests = [await rig.guest(), await rig.guest()];
  const [a, b] = [await rig.player(guests[0]), await rig.player(guests[1])];
  const [, , match_id, text] = await rig.playing(bronze, [a, b]);
  await a.type(match_id, text);
  const results = [(await a.next("game.result")).data, (await b.next("game.result")).data];
  const settled = [(await a.next("match.settled")).data, (await b.next("match.settled")).data];
  for (const player of [a, b]) {
    const found = (await player.next("match.found")).data;
    assert.deepEqual([found.wager, found.opponent?.rating], [tokens(50n), 1200]);
  }
  assert.deepEqual(
    results.map(({ winner, end_reason, prize, rating_change, tx_hash }) => {
      return { winner, end_reason, prize, rating_change, tx_hash };
    }),
    [
      { winner: a.id, end_reason: "completed", prize: tokens(90n), rating_change: 16, tx_hash: null },
      { winner: a.id, end_reason: "completed", prize: "0", rating_change: -16, tx_hash: null },
    ],
  );
  assert.deepEqual([results[0]?.your_stats.progress, results[0]?.your_stats.accuracy], [1, 1]);
  assert.deepEqual(results[0]?.your_stats, results[1]?.opponent_stats);
  assert.deepEqual(results[0]?.opponent_stats, {
    progress: 0,
    wpm: 0,
    accuracy: 0,
    time_ms: results[1]?.your_stats.time_ms,
  });
  assert.deepEqual(
    settled.map(({ match_id: id, payout }) => [id, payout]),
    [
      [match_id, tokens(90n)],
      [match_id, "0"],
    ],
  );
  assert.deepEqual((await b.next("game.opponent_progress")).data.match_id, match_id);
  const told = ["ok", "match.ready_update", "match.ready_update", "game.state", "match.countdown"];
  const story = ["auth.success", "session.sync", "queue.update", "match.found", ...told];
  // A reply and an event of the same entry may come in either order; who typed was asked for patience.
  for (const player of [a, b]) {
    const seen = player.story().filter((type) => type !== "error");
    assert.deepEqual(seen.sort(), [...story, "game.started", "game.result", "match.settled"].sort());
  }
  assert.equal(a.story().at(-1), "match.settled");
  const afterwards = await Promise.all(guests.map((known) => standing(known)));
  assert.deepEqual(afterwards, [
    { rating: 1216, balance: tokens(1_040n), state: "idle" },
    { rating: 1184, balance: tokens(950n), state: "idle" },
  ]);
});

/** What a player who signs in anew is told. */
async function standing(known: { token: string; id: string }) {
  const player = await rig.player(known);
  const { rating } = (await player.next("auth.success")).data;
  const { balance, state } = (await player.next("session.sync")).data;
  return { rating, balance, state };
}

test("[B1] [B21] the same by the SDK, with tokens minted on the command line", async () => {
  const clients = ["player_ada", "player_bob"].map((player) => {
    const { token } = mintToken(player, rig.deployment.nodes[0] ?? {});
    return new MatchForgeClient({ url: rig.url, token });
  });
  const [ada, bob] = clients;
  assert.ok(ada !== undefined && bob !== undefined);
  const signedIn = clients.map((client) => told(client, "auth.success"));
  for (const client of clients) await client.connect();
  assert.deepEqual(
    (await Promise.all(signedIn)).map(({ player_id, rating }) => [player_id, rating]),
    [
      ["player_ada", 1200],
      ["player_bob", 1200],
    ],
  );
  for (const client of clients) {
    client.on("match.found", ({ match_id }) => {
      void client.request("match.ready", { match_id, response: "accept" });
    });
  }
  ada.on("game.started", ({ match_id, code_sequence = "" }) => {
    new TypingSession({ client: ada, matchId: match_id }).press(code_sequence);
  });
  const settled = clients.map((client) => told(client, "match.settled"));
  const result = told(bob, "game.result");
  for (const client of clients) await client.request("queue.enter", bronze);
  assert.equal((await result).winner, "player_ada");
  const payouts = (await Promise.all(settled)).map(({ payout }) => payout);
  assert.deepEqual(payouts, [tokens(90n), "0"]);
  for (const client of clients) client.close();
});

function told<Type extends keyof ServerMessages>(
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

test("[B2] figures a client claims of itself are ignored", async () => {
  const [a, b, match_id, text] = await rig.playing(bronze);
  const claims = { progress: 1, wpm: 250, accuracy: 0.5, current_position: text.length };
  const reply = await a.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 5), ...claims });
  assert.equal(reply.type, "game.ack");
  const { data } = await b.next("game.opponent_progress");
  assert.deepEqual([data.progress, data.accuracy], [5 / text.length, 1]);
  await a.ask("match.abandon", { match_id });
  const { your_stats } = (await a.next("game.result")).data;
  assert.equal(your_stats.progress, 5 / text.length);
});

test("[B3] no byte of the text or its salt is sent to anybody before the start; the commitment binds it", async () => {
  const line = await RecordingProxy.start(rig.url);
  const credentials = [await rig.guest(), await rig.guest(), await rig.guest()] as const;
  const [a, b, bystander] = await Promise.all(credentials.map((known) => rig.player(known, line.url)));
  assert.ok(a !== undefined && b !== undefined && bystander !== undefined);
  const [, , match_id] = await rig.found(bronze, [a, b]);
  const look = () => askEverything(line.url, match_id);
  await look();
  await a.accept(match_id);
  // Whoever comes back before the start gets a whole picture, which must not have it either.
  const back = await rig.player(credentials[0], line.url);
  await b.accept(match_id);
  const { data: countdown } = await back.next("match.countdown");
  await look();
  const again = await rig.player(credentials[1], line.url);
  const started = (await back.next("game.started")).data;
  await again.next("game.started");
  await bystander.ask("queue.leave", {});
  const { code_sequence: text = "", code_salt: salt = "" } = started;
  const sha = createHash("sha256").update(`${salt}${text}`).digest("hex");
  assert.equal(sha, countdown.code_commitment);
  const said = line.texts().map((sent) => sent.split('"type":"game.started"')[0] ?? "");
  assert.ok(said.filter((sent) => sent.includes(match_id)).length >= 4);
  for (const secret of piecesOf(text, salt))
    assert.ok(!said.some((sent) => sent.includes(secret)), `${secret} was sent before the start`);
  assert.ok(
    line.texts().some((sent) => sent.includes(salt)),
    "the start itself is on record",
  );
  await again.ask("match.abandon", { match_id });
  await line.stop();
});

/** What anybody may ask the server for over HTTP. */
async function askEverything(url: string, match_id: string): Promise<void> {
  const paths = [`/api/v1/matches/${match_id}`, "/api/v1/matchmaking/statistics", "/metrics", "/readyz"];
  for (const path of paths) assert.equal((await fetch(`${url}${path}`)).status, 200, path);
}

/** Each stretch of the text and the salt that is too long to turn up by chance, as it stands in JSON. */
function piecesOf(text: string, salt: string): string[] {
  const pieces = (whole: string, length: number) =>
    Array.from({ length: Math.max(1, whole.length - length + 1) }, (_, at) => whole.slice(at, at + length));
  const escaped = JSON.stringify(text).slice(1, -1);
  return [...pieces(escaped, 14), ...pieces(salt, 14)];
}
