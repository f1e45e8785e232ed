import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { MatchmakingStatistics } from "@matchforge/protocol";
import { matchmakingStatistics } from "@matchforge/protocol/schemas";
import { ServerRig } from "../e2e/server-rig.ts";
import { answerOf } from "./http-client.ts";
import { HttpRig } from "./http-rig.ts";

let rig: HttpRig;
before(async () => {
  rig = await HttpRig.start();
});
after(() => rig.stop());

type Pool = MatchmakingStatistics["modes"][number]["pools"][number];

const look = (url = rig.url) => answerOf(url, matchmakingStatistics);

/** What a look tells of the only pool, after the second for which the last one holds. */
async function freshPool(): Promise<Pool & { all: MatchmakingStatistics }> {
  rig.wallTime += 1_000;
  const all = await look();
  const [pool] = all.modes[0]?.pools ?? [];
  assert.ok(pool !== undefined);
  return { ...pool, all };
}

test("[H18] before anything happens every pool is told with its stake, and no wait is made up", async () => {
  const server = await ServerRig.start();
  const { modes, queue_length, live_matches } = await look(server.url);
  assert.deepEqual([queue_length, live_matches], [0, 0]);
  assert.deepEqual(
    modes.map(({ mode, is_available, pools }) => [mode, is_available, pools.map((pool) => pool.stake_tier)]),
    [
      ["code_duel", true, ["bronze", "silver"]],
      ["sprint", true, ["bronze"]],
      ["hasty", true, [null]],
      ["patient", true, [null]],
      ["strict", true, ["bronze"]],
      ["slow", true, [null]],
      ["closed", false, [null]],
    ],
  );
  assert.deepEqual(modes[0]?.pools[1], {
    stake_tier: "silver",
    stake: (150n * 10n ** 18n).toString(),
    queue_length: 0,
    longest_wait_secs: 0,
    average_wait_secs: null,
    estimated_wait_secs: null,
    live_matches: 0,
    matches_made: 0,
    rating_distribution: [],
    region_distribution: [],
  });
  await server.stop();
});

test("[H18] who waits is counted with rating and wait, who plays by match", async () => {
  const { node } = rig.gateway;
  const waiting = await rig.gateway.signIn("player_waiting");
  const before = node.shardTime();
  await waiting.ask("queue.enter", { game_type: "duel" });
  await rig.gateway.settled();
  const queued = await freshPool();
  assert.deepEqual([queued.queue_length, queued.all.queue_length], [1, 1]);
  assert.equal(queued.rating_distribution.length, 1);
  assert.equal(queued.rating_distribution[0]?.waiting, 1);
  assert.ok(queued.longest_wait_secs > 0 && queued.longest_wait_secs <= (node.shardTime() - before) / 1_000);
  assert.equal(queued.average_wait_secs, null);
  await waiting.ask("queue.leave", {});
  const { a, match } = await rig.gateway.playing();
  const playing = await freshPool();
  assert.deepEqual([playing.live_matches, playing.all.live_matches], [1, 1]);
  assert.deepEqual([playing.queue_length, playing.matches_made, playing.longest_wait_secs], [0, 1, 0]);
  assert.ok(playing.average_wait_secs !== null && playing.average_wait_secs >= 0);
  await a.ask("match.abandon", { match_id: match });
  await rig.gateway.state((state) => state.matches.size === 0);
  const over = await freshPool();
  assert.deepEqual([over.live_matches, over.matches_made], [0, 1]);
});

test("[H18] however many ask, the state is looked at once a second", async () => {
  rig.wallTime += 1_000;
  const first = await look();
  const waiting = await rig.gateway.signIn("player_later");
  await waiting.ask("queue.enter", { game_type: "duel" });
  rig.wallTime += 999;
  assert.deepEqual(await look(), first);
  rig.wallTime += 1;
  assert.equal((await look()).queue_length, 1);
});

test("[H18] a wall clock that is set back stops no look", async () => {
  const { at } = await look();
  rig.wallTime -= 3_600_000;
  assert.ok((await look()).at < at);
});
