import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Player } from "./player.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

/** Nobody here is strong enough for the others, so that all of them wait. */
const choosy = {
  game_type: "code_duel",
  stake_tier: "bronze",
  preferences: { min_opponent_rating: 3_000, expand_search: false },
};

/** The updates that came unasked. */
function updatesOf(player: Player) {
  const replies = 1;
  return player.client.messages.filter((message) => message.type === "queue.update").slice(replies);
}

test("[B12] who waits hears of a better place, at most once a second however often it changes", async () => {
  const ahead = [await rig.player(), await rig.player(), await rig.player(), await rig.player()];
  const last = await rig.player();
  for (const player of ahead) await player.ask("queue.enter", choosy);
  const reply = await last.ask("queue.enter", choosy);
  assert.ok(reply.type === "queue.update");
  assert.deepEqual([reply.data.position, reply.data.players_in_tier], [5, 5]);
  const [first, ...others] = ahead;
  assert.equal(await first?.code("queue.leave", {}), "ok");
  await last.next("queue.update", last.seen);
  for (const player of others) await player.ask("queue.leave", {});
  let place = updatesOf(last).at(-1)?.data.position;
  while (place !== 1) place = (await last.next("queue.update", last.seen)).data.position;
  const sentAt = [reply, ...updatesOf(last)].map(({ ts }) => ts);
  assert.ok(sentAt.length >= 3);
  for (const [index, ts] of sentAt.slice(1).entries()) {
    // Two clocks that round differently measured this.
    assert.ok(ts - (sentAt[index] ?? 0) >= 990, sentAt.join(", "));
  }
});
