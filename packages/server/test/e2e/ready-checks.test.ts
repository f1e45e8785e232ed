import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Player } from "./player.ts";
import { oneToken } from "./rules-text.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

const bronze = { game_type: "code_duel", stake_tier: "bronze" };
const hasty = { game_type: "hasty" };

/** What a player is told of a match that is called off. */
async function calledOff(player: Player) {
  const { reason, requeued, cooldown_secs } = (await player.next("match.cancelled")).data;
  return { reason, requeued, cooldown_secs };
}

test("[B5] a decline cancels: who accepted waits again with the same ticket, who declined does not", async () => {
  const credentials = [await rig.guest(), await rig.guest()] as const;
  const [a, b] = [await rig.player(credentials[0]), await rig.player(credentials[1])];
  await a.ask("queue.enter", bronze);
  const { ticket } = await rig.truthOf(credentials[0]);
  const again = await rig.player(credentials[0]);
  await b.ask("queue.enter", bronze);
  const { match_id } = (await again.next("match.found")).data;
  await again.accept(match_id);
  assert.equal(await b.code("match.ready", { match_id, response: "decline" }), "ok");
  const told = { reason: "declined", cooldown_secs: 0 };
  assert.deepEqual(await calledOff(again), { ...told, requeued: true });
  assert.deepEqual(await calledOff(b), { ...told, requeued: false });
  assert.equal((await b.next("queue.ended")).data.reason, "declined");
  assert.ok(!again.story().includes("queue.ended"));
  assert.equal(await again.code("queue.enter", bronze), "ALREADY_IN_QUEUE");
  assert.equal(await b.code("queue.leave", {}), "NOT_IN_QUEUE");
  const gone = await rig.truthOf(credentials[1]);
  assert.deepEqual([gone.state, gone.balance], ["idle", (1_000n * oneToken).toString()]);
  const waiting = await rig.truthOf(credentials[0]);
  assert.deepEqual([waiting.state, waiting.ticket?.ticket_id], ["in_queue", ticket?.ticket_id]);
});

test("[B5] who waits again is found again at once", async () => {
  const [a, b, match_id] = await rig.found({ game_type: "slow" });
  await b.ask("match.ready", { match_id, response: "decline" });
  assert.equal((await calledOff(a)).requeued, true);
  const from = a.seen;
  const c = await rig.player();
  await c.ask("queue.enter", { game_type: "slow" });
  const found = [(await a.next("match.found", from)).data, (await c.next("match.found")).data];
  assert.equal(found[0]?.match_id, found[1]?.match_id);
  assert.notEqual(found[0]?.match_id, match_id);
});

test("[B6] when the ready check runs out only those who accepted wait again", async () => {
  const [a, b, match_id] = await rig.found(hasty);
  await a.accept(match_id);
  const told = { reason: "ready_timeout", cooldown_secs: 0 };
  assert.deepEqual(await calledOff(a), { ...told, requeued: true });
  assert.deepEqual(await calledOff(b), { ...told, requeued: false });
  assert.equal((await b.next("queue.ended")).data.reason, "ready_timeout");
  assert.equal(await b.code("queue.leave", {}), "NOT_IN_QUEUE");
  assert.equal(await a.code("queue.leave", {}), "ok");
});

test("[B6] when the ready check runs out and nobody accepted, nobody waits again", async () => {
  const [a, b] = await rig.found(hasty);
  for (const player of [a, b]) {
    assert.equal((await calledOff(player)).requeued, false);
    assert.equal(await player.code("queue.leave", {}), "NOT_IN_QUEUE");
  }
});
