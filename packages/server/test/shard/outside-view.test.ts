import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createState,
  defineMode,
  defineRules,
  type KernelEvent,
  kernelLimits,
  type State,
  type Ticket,
} from "@matchforge/core";
import { storeLimits } from "@matchforge/stores";
import { openRedis } from "@matchforge/stores/redis";
import { redisForTests, startRedis, waitUntil } from "@matchforge/testbed";
import { type Clock, engineLimits, ManualClock, OutsideViewReactor } from "matchforge";
import type { RunningShard } from "../../src/shard/running-shard.ts";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { matchOf, queue, TestFleet } from "./fleet-rig.ts";
import { done, reaches } from "./shard-rig.ts";

const withinMs = 20_000;

/** Resolves when the outside sees it. */
function seen(what: string, holds: () => Promise<boolean>): Promise<void> {
  const look = () => holds().catch(() => false);
  return waitUntil(look, { what, withinMs });
}

function isWhole(fleet: TestFleet): Promise<boolean> {
  return fleet.client.hexists(fleet.key("view"), "position").then((found) => found === 1);
}

/** Puts two players into a match, and answers it. */
async function matched(shard: RunningShard, players: readonly [`player_${string}`, `player_${string}`]) {
  for (const player of players) await queue(shard, player);
  await reaches(shard, () => matchOf(shard, players[0]) !== null);
  const match = matchOf(shard, players[0]);
  assert.ok(match !== null);
  return match;
}

for (const log of ["postgres", "redis"] as const) {
  test(`[OV1] [OV2] who waits and what is played is seen from outside (log in ${log})`, async () => {
    await using fleet = new TestFleet((await redisForTests()).url, { change: { log } });
    const shard = await fleet.start();
    const { client } = fleet;
    const queued = fleet.key("queue:quick");
    const ticket = await queue(shard, "player_a");
    await seen("the ticket", async () => (await client.zscore(queued, ticket)) !== null);
    const { enqueuedAt } = shard.node.state.tickets.get(ticket)!;
    assert.equal(await client.zscore(queued, ticket), `${enqueuedAt}`);
    await done(shard, { type: "ticket.cancel", player: "player_a" });
    await seen("its end", async () => (await client.zscore(queued, ticket)) === null);

    const match = await matched(shard, ["player_a", "player_b"]);
    const key = fleet.key(`match:${match}`);
    await seen("the match being played", async () => (await client.hget(key, "state")) === "ACTIVE");
    const { players, ...shown } = await client.hgetall(key);
    const { createdAt, phase } = shard.node.state.matches.get(match)!;
    assert.ok(phase.state === "ACTIVE");
    assert.deepEqual(JSON.parse(players!).sort(), ["player_a", "player_b"]);
    const times = { created_at: `${createdAt}`, started_at: `${phase.startedAt}` };
    assert.deepEqual(shown, { mode: "quick", state: "ACTIVE", ...times });
    assert.equal(await client.zcard(queued), 0);
    await done(shard, { type: "match.abandon", match, player: "player_a" });
    await seen("its end", async () => (await client.exists(key)) === 0);
    assert.equal(await client.zcard(fleet.key("matches")), 0);
  });
}

test("[OV3] the mark follows the log, though nobody waits or plays", async () => {
  await using fleet = new TestFleet((await redisForTests()).url, { change: { relay: "nodes" } });
  const { node } = await fleet.start();
  const position = async () => Number(await fleet.client.hget(fleet.key("view"), "position"));
  await seen("a mark", async () => (await position()) > 0);
  const first = await position();
  await seen("a later mark", async () => (await position()) > first);
  assert.ok((await position()) <= node.state.position);
});

test("[OV1] a ticket that waits again is shown again", async () => {
  const rules = defineRules({ modes: [defineMode({ id: "quick", readyCheckMs: 60_000 })] });
  await using fleet = new TestFleet((await redisForTests()).url, { rules });
  const shard = await fleet.start();
  const match = await matched(shard, ["player_a", "player_b"]);
  const waiting = () => fleet.client.zrange(fleet.key("queue:quick"), "0", "-1");
  const state = () => fleet.client.hget(fleet.key(`match:${match}`), "state");
  await seen("the ready check", async () => (await state()) === "MATCHED");
  assert.deepEqual(await waiting(), []);
  const { tickets } = shard.node.state.matches.get(match)!;
  const [patient] = tickets.filter(({ playerIds }) => playerIds.includes("player_b"));
  await done(shard, { type: "match.accept", match, player: "player_b" });
  await done(shard, { type: "match.decline", match, player: "player_a" });
  await seen("the ticket of whoever accepted", async () => (await waiting()).join() === patient!.id);
});

test("[OV9] opponents who are not to know each other yet are not named", async () => {
  const mode = defineMode({ id: "quick", readyCheckMs: 60_000, revealOpponent: "accepted", countdownMs: 0 });
  await using fleet = new TestFleet((await redisForTests()).url, { rules: defineRules({ modes: [mode] }) });
  const shard = await fleet.start();
  const match = await matched(shard, ["player_a", "player_b"]);
  const shown = () => fleet.client.hgetall(fleet.key(`match:${match}`));
  await seen("the ready check", async () => (await shown()).state === "MATCHED");
  assert.equal((await shown()).players, "[]");
  for (const player of ["player_a", "player_b"] as const)
    await done(shard, { type: "match.accept", match, player });
  await seen("the start", async () => (await shown()).state === "ACTIVE");
  assert.match((await shown()).players!, /player_a/);
});

test("[OV4] a new leader drops what the old one left", async () => {
  await using fleet = new TestFleet((await redisForTests()).url);
  const { client } = fleet;
  const first = await fleet.start();
  const second = await fleet.start();
  const ticket = await queue(second, "player_a");
  const match = fleet.key("match:match_forgotten");
  await seen("the first view", () => isWhole(fleet));
  await client
    .multi()
    .zadd(fleet.key("queue:quick"), 1, "ticket_forgotten")
    .zadd(fleet.key("queue:gone"), 1, "ticket_forgotten")
    .sadd(fleet.key("queues"), "gone", "quick")
    .hset(match, "state", "ACTIVE")
    .zadd(fleet.key("matches"), 1, "match_forgotten")
    .exec();
  await fleet.stop(first);
  await seen("the second view", async () => {
    return (await client.hget(fleet.key("view"), "term")) === `${second.node.state.term}` && isWhole(fleet);
  });
  assert.ok(second.node.leads);
  assert.deepEqual(await client.zrange(fleet.key("queue:quick"), "0", "-1"), [ticket]);
  assert.equal(await client.exists(match, fleet.key("queue:gone"), fleet.key("matches")), 0);
});

test("[OV5] a Redis that was emptied shows everything again", async () => {
  await using server = await startRedis();
  await using fleet = new TestFleet(server.url);
  const shard = await fleet.start();
  const match = await matched(shard, ["player_a", "player_b"]);
  const ticket = await queue(shard, "player_c");
  const isShown = async () =>
    (await isWhole(fleet)) &&
    (await fleet.client.zscore(fleet.key("queue:quick"), ticket)) !== null &&
    (await fleet.client.exists(fleet.key(`match:${match}`))) === 1;
  await seen("everything", isShown);
  await fleet.client.flushall();
  await seen("everything again", isShown);
});

test("[OV7] while Redis is away matching goes on, and what came of it is shown when it is back", async () => {
  await using server = await startRedis();
  await using fleet = new TestFleet(server.url);
  const shard = await fleet.start();
  await seen("the view", () => isWhole(fleet));
  await server.kill();
  const match = await matched(shard, ["player_a", "player_b"]);
  await waitUntil(() => fleet.reports.includes("VIEW_FAILED"), { what: "a report", withinMs });
  await server.start();
  await seen("the match", async () => (await fleet.client.exists(fleet.key(`match:${match}`))) === 1);
  await seen("the whole", () => isWhole(fleet));
  assert.equal(fleet.reports.filter((code) => code === "VIEW_FAILED").length, 1);
});

/** A reactor of its own over a state of many tickets, and the view that it keeps. */
async function keptView(url: string, { tickets, clock }: { tickets: number; clock: Clock }) {
  const state: State = { ...createState(), position: 1, term: 1 };
  for (let index = 0; index < tickets; index += 1) {
    const standings = [{ pool: "quick", enqueuedAt: index }];
    state.tickets.set(`ticket_${index}`, { state: "waiting", standings } as unknown as Ticket);
  }
  const fleet = new TestFleet(url);
  const redis = await openRedis({ url, shard: fleet.shard, report: () => {} });
  const reports: string[] = [];
  const reactor = new OutsideViewReactor({
    view: redis.view(),
    state: () => state,
    leads: () => true,
    clock,
    report: ({ code }) => reports.push(code),
  });
  return {
    fleet,
    state,
    reactor,
    reports,
    marked: (position: number) =>
      seen(`the mark ${position}`, async () => {
        return (await fleet.client.hget(fleet.key("view"), "position")) === `${position}`;
      }),
    async [Symbol.asyncDispose]() {
      await reactor.stop();
      await redis.close();
      await fleet[Symbol.asyncDispose]();
    },
  };
}

test("[OV6] everything is written again before it expires", async () => {
  const clock = new ManualClock();
  await using kept = await keptView((await redisForTests()).url, { tickets: 1, clock });
  const { fleet, state, reactor } = kept;
  const queued = fleet.key("queue:quick");
  const write = () => {
    state.position += 1;
    return seen(`the mark ${state.position}`, async () => {
      reactor.applied([]);
      clock.advanceTo(clock.now() + engineLimits.viewEveryMs);
      return (await fleet.client.hget(fleet.key("view"), "position")) === `${state.position}`;
    });
  };
  await write();
  await fleet.client.expire(queued, 10);
  await write();
  assert.ok((await fleet.client.ttl(queued)) <= 10, "nothing of the queue has changed");
  clock.advanceTo(clock.now() + engineLimits.viewAllEveryMs);
  await write();
  assert.ok((await fleet.client.ttl(queued)) > 10);
  assert.ok(2 * engineLimits.viewAllEveryMs < storeLimits.viewKeptSeconds * 1_000);
});

test("[OV10] a Redis that does not answer is owed a bounded number of changes, and gets everything later", async () => {
  await using server = await startRedis();
  const tickets = 2 * engineLimits.viewPortion + 1;
  await using kept = await keptView(server.url, { tickets, clock: systemClock });
  const { fleet, state, reactor, reports, marked } = kept;
  reactor.applied([]);
  await marked(1);
  assert.equal(await fleet.client.zcard(fleet.key("queue:quick")), tickets);
  await server.pause();
  const ended = (index: number): KernelEvent => {
    state.tickets.delete(`ticket_${index}`);
    return { type: "ticket.ended", ticket: `ticket_${index}`, players: [], reason: "cancelled" };
  };
  for (let index = 1; index <= engineLimits.viewChanged + 1; index += 1) reactor.applied([ended(index)]);
  assert.deepEqual(reports, ["VIEW_BEHIND"]);
  state.position = 2;
  server.resume();
  await marked(2);
  assert.deepEqual(await fleet.client.zrange(fleet.key("queue:quick"), "0", "-1"), ["ticket_0"]);
});

test("[OV10] a write is never larger than the view takes", () => {
  assert.ok(engineLimits.viewPortion * kernelLimits.poolsPerTicket <= storeLimits.viewChanges);
});
