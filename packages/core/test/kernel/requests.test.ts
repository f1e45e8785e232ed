import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlayerId } from "../../src/index.ts";
import { active, counted, matched } from "./duels.ts";
import { refusal, Shard } from "./shard.ts";

const origin = (key: string, bodyHash = 1) => ({ key, bodyHash });

/** Queues and cancels again, each with an id of its own. */
function useIds(shard: Shard, player: PlayerId, { from, count }: { from: number; count: number }): void {
  for (let index = from; index < from + count; index += 2) {
    shard.enqueue(player, "arena", { origin: origin(`use ${index}`) });
    shard.apply({ type: "ticket.cancel", player, origin: origin(`use ${index + 1}`) });
  }
}

test("[K35] a request that was carried out is not carried out again", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const command = shard.enqueueCommand(ada, "arena", { origin: origin("one") });
  assert.equal(refusal(shard.apply(command)), undefined);
  shard.refuses(command, "REPEATED");
  shard.apply({ type: "ticket.cancel", player: ada });
  shard.refuses(command, "REPEATED");
});

test("[K36] the same id with another body is refused", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  shard.enqueue(ada, "arena", { origin: origin("one", 1) });
  shard.refuses({ type: "ticket.cancel", player: ada, origin: origin("one", 2) }, "ID_REUSED");
});

test("[K35] ids of one player mean nothing for another", () => {
  const shard = Shard.started();
  const [ada, bob] = [shard.connect("ada"), shard.connect("bob")];
  shard.enqueue(ada, "arena", { origin: origin("one") });
  assert.ok(shard.enqueue(bob, "arena", { origin: origin("one") }));
});

test("[K37] the last 16 ids of a player are remembered", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const first = shard.enqueueCommand(ada, "arena", { origin: origin("first") });
  shard.apply(first);
  shard.apply({ type: "ticket.cancel", player: ada, origin: origin("second") });
  useIds(shard, ada, { from: 0, count: 14 });
  shard.refuses(first, "REPEATED");
  useIds(shard, ada, { from: 14, count: 2 });
  assert.equal(refusal(shard.apply(first)), undefined);
  shard.refuses({ type: "ticket.cancel", player: ada, origin: origin("use 2") }, "REPEATED");
});

test("[K37] a later request does not displace a fresh one, however old the shard is", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  shard.wait(200_000);
  const command = shard.enqueueCommand(ada, "arena", { origin: origin("one") });
  shard.apply(command);
  shard.apply({ type: "ticket.cancel", player: ada, origin: origin("two") });
  shard.refuses(command, "REPEATED");
});

test("[K37] an id is remembered for 2 minutes", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const command = shard.enqueueCommand(ada, "arena", { origin: origin("one") });
  shard.apply(command);
  shard.apply({ type: "ticket.cancel", player: ada });
  shard.wait(120_000);
  shard.refuses(command, "REPEATED");
  shard.wait(1);
  assert.equal(refusal(shard.apply(command)), undefined);
});

test("[K38] a refused request is not remembered: its sender may try again", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const cancel = { type: "ticket.cancel", player: ada, origin: origin("one") } as const;
  shard.refuses(cancel, "NOT_IN_QUEUE");
  shard.enqueue(ada, "arena");
  assert.equal(refusal(shard.apply(cancel)), undefined);
});

test("[K35] whoever of a party asks is the one who is remembered", () => {
  const shard = Shard.started();
  const [ada, bob] = [shard.connect("ada"), shard.connect("bob")];
  const command = shard.enqueueCommand(bob, "pairs", { members: [ada, bob], origin: origin("one") });
  shard.apply(command);
  shard.refuses(command, "REPEATED");
  const cancel = { type: "ticket.cancel", player: ada, origin: origin("two") } as const;
  shard.apply(cancel);
  shard.refuses(cancel, "REPEATED");
});

test("[K35] accepting, declining, abandoning and forfeiting are remembered", () => {
  const accepted = matched();
  const accept = {
    type: "match.accept",
    match: accepted.match,
    player: accepted.ada,
    origin: origin("one"),
  } as const;
  accepted.shard.apply(accept);
  accepted.shard.refuses(accept, "REPEATED");
  const declined = matched();
  const decline = {
    type: "match.decline",
    match: declined.match,
    player: declined.ada,
    origin: origin("one"),
  } as const;
  declined.shard.apply(decline);
  declined.shard.refuses(decline, "REPEATED");
  for (const duel of [counted(), active()]) {
    const abandon = {
      type: "match.abandon",
      match: duel.match,
      player: duel.ada,
      origin: origin("one"),
    } as const;
    duel.shard.apply(abandon);
    duel.shard.refuses(abandon, "REPEATED");
  }
});

test("[K35] a snapshot remembers them too", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const command = shard.enqueueCommand(ada, "arena", { origin: origin("one") });
  shard.apply(command);
  shard.restart();
  shard.refuses(command, "REPEATED");
});

test("[K4] a refusal names the command, its player and its request, and leaves no trace", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const events = shard.apply({ type: "ticket.cancel", player: ada, origin: origin("one") });
  assert.deepEqual(events, [
    { type: "refused", code: "NOT_IN_QUEUE", command: "ticket.cancel", player: ada, origin: origin("one") },
  ]);
  shard.refuses({ type: "ticket.cancel", player: ada }, "NOT_IN_QUEUE");
});
