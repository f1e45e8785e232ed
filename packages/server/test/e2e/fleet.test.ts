import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { signInAsGuest } from "@matchforge/client";
import { startRedisCluster } from "@matchforge/testbed";
import type { Credentials, Player } from "./player.ts";
import { oneToken } from "./rules-text.ts";
import { ServerProcess } from "./server-process.ts";
import { type Deployment, deploy, deployFleet, newShard } from "./setups.ts";

const bronze = { game_type: "code_duel", stake_tier: "bronze" };
const choosy = { ...bronze, preferences: { min_opponent_rating: 3_000, expand_search: false } };
const tokens = (count: bigint) => (count * oneToken).toString();

let nodes: ServerProcess[] = [];
afterEach(async () => {
  for (const node of nodes) await node.remove();
  nodes = [];
});

/** Two processes that share a shard; the first leads. */
async function startFleet(setup: "postgres_redis" | "postgres"): Promise<[ServerProcess, ServerProcess]> {
  return startNodes(await deploy(setup));
}

async function startNodes(deployment: Deployment): Promise<[ServerProcess, ServerProcess]> {
  const started = [
    await ServerProcess.start(deployment, 0),
    await ServerProcess.start(deployment, 1),
  ] as const;
  nodes.push(...started);
  return [...started];
}

/** A duel of two players, each on a node of their own. */
async function playing([first, second]: readonly [ServerProcess, ServerProcess]) {
  const credentials: readonly [Credentials, Credentials] = [await first.guest(), await second.guest()];
  const [a, b] = [await first.player(credentials[0]), await second.player(credentials[1])];
  for (const player of [a, b]) await player.ask("queue.enter", bronze);
  const { match_id } = (await a.next("match.found")).data;
  assert.equal((await b.next("match.found")).data.match_id, match_id);
  for (const player of [a, b]) assert.equal((await player.accept(match_id)).type, "ok");
  const text = (await a.next("game.started")).data.code_sequence ?? "";
  await b.next("game.started");
  return { a, b, match_id, text, credentials };
}

/** Whatever happened meanwhile: the first player wins, once, and is paid. */
async function assertWon(winner: Player, loser: Player): Promise<void> {
  for (const player of [winner, loser]) {
    const { winner: told, end_reason } = (await player.next("game.result")).data;
    assert.deepEqual([told, end_reason], [winner.id, "completed"]);
  }
  assert.equal((await winner.next("match.settled")).data.payout, tokens(90n));
  assert.equal((await loser.next("match.settled")).data.payout, "0");
}

for (const setup of ["postgres_redis", "postgres"] as const) {
  test(`[B25] players on different nodes meet, see each other's progress, and are paid (${setup})`, async () => {
    const { a, b, match_id, text } = await playing(await startFleet(setup));
    await b.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 8) });
    const progress = (await a.next("game.opponent_progress")).data;
    assert.ok(progress.match_id === match_id && progress.progress > 0);
    await a.type(match_id, text);
    await assertWon(a, b);
  });
}

for (const [who, victim] of [
  ["leads", 0],
  ["follows", 1],
] as const) {
  test(`[B26] a duel goes on after the node that ${who} is killed, with every key acknowledged`, async () => {
    const fleet = await startFleet("postgres_redis");
    const { a, b, match_id, text, credentials } = await playing(fleet);
    const [mine, other] = victim === 0 ? [a, b] : [b, a];
    const waiting = await fleet[1 - victim]?.guest();
    assert.ok(waiting !== undefined);
    const patient = await (fleet[victim] as ServerProcess).player(waiting);
    await patient.ask("queue.enter", choosy);
    await mine.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 10) });
    await fleet[victim]?.end("SIGKILL");
    const survivor = fleet[1 - victim] as ServerProcess;
    const back = await survivor.player(credentials[victim]);
    const { match } = (await back.next("session.sync")).data;
    assert.ok(match?.state === "ACTIVE");
    assert.deepEqual([match.match_id, match.upto], [match_id, 10]);
    assert.equal((await survivor.truthOf(waiting)).state, "in_queue");
    await back.type(match_id, text, 10);
    await assertWon(back, other);
  });
}

test("[B26] when the leader is killed others are matched by the node that is left", async () => {
  const [leader, other] = await startFleet("postgres");
  await leader.end("SIGKILL");
  const players = [await other.player(), await other.player()];
  for (const player of players) await player.ask("queue.enter", bronze);
  for (const player of players) await player.next("match.found");
});

test("[B27] a fleet restarted node by node loses no duel, no place and no money", async () => {
  const fleet = await startFleet("postgres_redis");
  const { a, b, match_id, text, credentials } = await playing(fleet);
  const known = await fleet[0].guest();
  await (await fleet[0].player(known)).ask("queue.enter", choosy);
  await a.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 10) });
  const ended = fleet[0].end("SIGTERM");
  assert.ok((await a.next("server.draining")).data.reconnect_after_ms >= 500);
  const again = await fleet[1].player(credentials[0]);
  assert.equal(await ended, 0);
  await fleet[0].restart();
  assert.equal(await fleet[1].end("SIGTERM"), 0);
  const [winner, loser] = [await fleet[0].player(credentials[0]), await fleet[0].player(credentials[1])];
  assert.equal((await winner.next("session.sync")).data.match?.match_id, match_id);
  assert.equal((await fleet[0].truthOf(known)).state, "in_queue");
  await fleet[1].restart();
  for (const gone of [again, b]) assert.equal(await gone.client.closed(), 1012);
  await winner.type(match_id, text, 10);
  await assertWon(winner, loser);
});

test("[B28] a fleet on a Redis Cluster sees live frames again after a failover", async () => {
  await using cluster = await startRedisCluster();
  const redis = `redis-cluster://${cluster.nodes.map(({ host, port }) => `${host}:${port}`).join(",")}`;
  const { a, b, match_id, text } = await playing(
    await startNodes(await deployFleet("postgres_redis", redis)),
  );
  await b.ask("game.progress", { match_id, from: 0, typed: text.slice(0, 4) });
  await a.next("game.opponent_progress");
  await cluster.killMaster();
  await cluster.untilWhole();
  const before = a.seen;
  for (
    let from = 4;
    a.client.messages.slice(before).every(({ type }) => type !== "game.opponent_progress");
    from += 1
  ) {
    assert.ok(from < text.length - 1, "frames come again before the text is over");
    await b.ask("game.progress", { match_id, from, typed: text[from] ?? "" });
    await setTimeout(100);
  }
  await a.type(match_id, text);
  await assertWon(a, b);
});

test("[B29] of two shards each player belongs to one, by region; moving needs idleness", async () => {
  const [eu, us] = [newShard(), newShard()];
  const shards = JSON.stringify([
    { id: eu, regions: ["eu-west"] },
    { id: us, regions: ["us-east"] },
  ]);
  const inEurope = await deployFleet("postgres", null, { shard: eu, more: { shards } });
  const inAmerica = await deployFleet("postgres", null, { shard: us, more: { shards }, secretsOf: inEurope });
  const [here, there] = [await ServerProcess.start(inEurope), await ServerProcess.start(inAmerica)];
  nodes.push(here, there);
  const { token, player_id, shard } = await signInAsGuest(here.url, { region: "us-east" });
  assert.equal(shard, us);
  const known = { token, id: player_id };
  await assert.rejects(here.player(known), /WRONG_SHARD/);
  const player = await there.player(known);
  assert.equal(await player.code("queue.enter", choosy), "ok");
  const statistics = (await (await fetch(`${there.url}/api/v1/matchmaking/statistics`)).json()) as {
    shard: string;
  };
  assert.equal(statistics.shard, us);
  const authorization = { authorization: `Bearer ${token}` };
  const explanation = await fetch(`${there.url}/api/v1/matchmaking/explain`, { headers: authorization });
  assert.equal(((await explanation.json()) as { shard: string }).shard, us);
  const move = () =>
    fetch(`${there.url}/api/v1/auth/move?region=eu-west`, { method: "POST", headers: authorization });
  assert.equal(((await (await move()).json()) as { code: string }).code, "ALREADY_IN_QUEUE");
  assert.equal(await player.code("queue.leave", {}), "ok");
  const moved = (await (await move()).json()) as { token: string; shard: string };
  assert.equal(moved.shard, eu);
  assert.equal((await here.truthOf({ token: moved.token, id: player_id })).state, "idle");
});
