import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { BlockReason, PlayerId, WaitHistory } from "@matchforge/core";
import { rememberWait } from "@matchforge/core";
import { keptApartReasons, type MatchmakingExplanation } from "@matchforge/protocol";
import { matchmakingExplanation } from "@matchforge/protocol/schemas";
import { Errors } from "typebox/value";
import { keptApartBy } from "../../src/http/explanation/kept-apart-by.ts";
import { sentencesOf } from "../../src/http/explanation/sentences-of.ts";
import { problemOf } from "./http-client.ts";
import { ShardHttpRig } from "./shard-http-rig.ts";

const path = "/api/v1/matchmaking/explain";
const ladder = { mode: "ladder", tier: null };

let rig: ShardHttpRig;
before(async () => {
  rig = await ShardHttpRig.start();
});
afterEach(() => rig.clear());
after(() => rig.stop());

async function look(player: PlayerId): Promise<{ told: MatchmakingExplanation; text: string }> {
  const response = await rig.get(path, player);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  const told = JSON.parse(text) as MatchmakingExplanation;
  assert.deepEqual([...Errors(matchmakingExplanation.answer, told)], [], text);
  return { told, text };
}

/** Others who wait, each too far from everybody else to be matched soon. */
async function crowd(count: number, wishes = {}): Promise<{ id: PlayerId; rating: number }[]> {
  const others = Array.from({ length: count }, (_, place) => ({
    id: `player_other_${place}` as const,
    rating: 1_400.25 + 31 * place,
  }));
  for (const { id, rating } of others) await rig.queue(id, ladder, { rating, wishes });
  return others;
}

test("[RC11] who waits is told how many there are, what keeps them apart and when a wider search helps", async () => {
  const others = await crowd(13);
  await rig.queue("player_own", ladder, { rating: 1_200 });
  const { told, text } = await look("player_own");
  const [pool, ...more] = told.pools;
  assert.deepEqual(more, []);
  assert.deepEqual(pool, {
    mode: "ladder",
    stake_tier: null,
    estimate: null,
    candidates: 15,
    kept_apart_by: "rating",
    widens_in_secs: 100,
    text: "About 15 others wait. Most of them are too far from your rating. Your search reaches the next of them in about 100 s.",
  });
  // Nothing of the others: RC12.
  for (const { id, rating } of others) assert.ok(!text.includes(id) && !text.includes(`${rating}`));
  for (const { ticketId } of rig.state.pools.get("ladder")?.index.byAge.chunks.flat() ?? [])
    assert.ok(!text.includes(ticketId));
});

test("[RC11] ten are counted, and what no wider search reaches is said to be out of reach", async () => {
  await crowd(10);
  await rig.queue("player_weak", ladder, { rating: 100 });
  const [pool] = (await look("player_weak")).told.pools;
  assert.deepEqual([pool?.candidates, pool?.widens_in_secs], [10, null]);
  assert.match(
    pool?.text ?? "",
    /^10 others wait\. .* A wider search will not reach them; others may come\.$/,
  );
});

test("[RC11] with fewer than three nothing is told but that they are few", async () => {
  await crowd(2);
  await rig.queue("player_own", ladder, { rating: 1_200 });
  const [pool] = (await look("player_own")).told.pools;
  assert.deepEqual(
    [pool?.candidates, pool?.kept_apart_by, pool?.widens_in_secs, pool?.text],
    [null, null, null, "Few players wait."],
  );
});

test("[RC11] the estimate is what the pool's last waits tell, in seconds", async () => {
  await rig.queue("player_own", ladder, { rating: 1_200 });
  const waits = rig.state.pools.get("ladder")?.waits as WaitHistory;
  for (let secs = 101; secs <= 110; secs += 1) rememberWait(waits, { rating: 1_200, waitMs: secs * 1_000 });
  const { pools, waited_secs } = (await look("player_own")).told;
  const estimate = pools[0]?.estimate;
  assert.ok(estimate !== undefined && estimate !== null);
  assert.ok(Math.abs(estimate.median_secs + waited_secs - 106) <= 1, JSON.stringify(estimate));
  assert.ok(Math.abs(estimate.long_secs + waited_secs - 110) <= 1, JSON.stringify(estimate));
});

test("[RC12] whom others have blocked is told of preferences, as is who has wishes of their own", async () => {
  for (let place = 0; place < 4; place += 1)
    await rig.queue(`player_blocks_${place}`, ladder, {
      rating: 1_200 + 20 * place,
      wishes: { blocked: ["player_own"] },
    });
  await rig.queue("player_own", ladder, { rating: 1_210 });
  const { told, text } = await look("player_own");
  assert.ok(!text.includes("block"), text);
  assert.ok(told.pools[0]?.candidates === 4);
});

const nobody: Readonly<Record<BlockReason, number>> = {
  absent: 0,
  not_eligible: 0,
  rating_window: 0,
  opponent_rating: 0,
  blocked: 0,
  region: 0,
  side_size: 0,
  rematch: 0,
  held: 0,
};

test("[RC12] blocks and wishes are one reason, every reason has its words, and none names a block", () => {
  const told = (blocked: Partial<Record<BlockReason, number>>, matchable = 0) =>
    keptApartBy({ candidates: 9, matchable, nearest: null, blocked: { ...nobody, ...blocked } });
  assert.equal(told({ blocked: 9 }), told({ opponent_rating: 9 }));
  assert.equal(told({ blocked: 2, opponent_rating: 2, region: 3 }), "preferences");
  assert.equal(told({ region: 3 }, 3), null);
  assert.equal(told({}), null);
  const found = Object.keys(nobody).map((reason) => told({ [reason]: 1 }));
  assert.deepEqual(new Set(found), new Set(keptApartReasons));
  for (const kept_apart_by of keptApartReasons) {
    const pool = { candidates: 5, kept_apart_by, widens_in_secs: null, isPair: true, isMatchable: false };
    const text = sentencesOf(pool);
    assert.ok(text.length > "5 others wait.".length + 10 && !/block/i.test(text), text);
  }
});

test("[RC13] who does not wait, or has not signed in, is told so", async () => {
  const refusal = async (response: Response) => {
    const { code, status } = await problemOf(response);
    return [code, status];
  };
  assert.deepEqual(await refusal(await rig.get(path, "player_nobody")), ["NOT_IN_QUEUE", 409]);
  assert.deepEqual(await refusal(await rig.get(path)), ["NOT_AUTHENTICATED", 401]);
  const wrong = await fetch(`${rig.url}${path}`, { headers: { authorization: "Bearer nonsense" } });
  assert.deepEqual(await refusal(wrong), ["INVALID_TOKEN", 401]);
  const match = await rig.found(["player_m1", "player_m2"]);
  assert.ok(match.startsWith("match_"));
  assert.deepEqual(await refusal(await rig.get(path, "player_m1")), ["NOT_IN_QUEUE", 409]);
});
