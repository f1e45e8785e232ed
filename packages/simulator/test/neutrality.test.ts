import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, NodeKey, PlayerId } from "@matchforge/core";
import { commitText, noQuality } from "@matchforge/core";
import { connected, Watched } from "./watched.ts";

function enqueue(player: PlayerId, mode: string): Command {
  const ticket = `ticket_${player.slice(7)}` as const;
  const pools = [{ mode, tier: null }];
  return {
    type: "ticket.enqueue",
    ticket,
    player,
    members: [player],
    party: null,
    pools,
    draw: 0,
    secretEpoch: 1,
  };
}

function propose(mode: string, commitment: string | null = null): Command {
  const basis = { term: 2, match: "match_x", pool: mode, rulesVersion: 1, secretEpoch: 1 } as const;
  return {
    type: "matcher.propose",
    ...basis,
    teams: [["ticket_ada"], ["ticket_bob"]],
    quality: noQuality,
    commitment,
  };
}

/** Ada and Bob, each on a node of their own, are matched. */
async function matched(watched: Watched): Promise<void> {
  const [ada, bob] = await watched.begin();
  await watched.append("a/1", enqueue(ada, "external"), enqueue(bob, "external"));
  await watched.append("a/1", propose("external"));
}

/** Both play. */
async function playing(watched: Watched): Promise<void> {
  await matched(watched);
  for (const player of ["player_ada", "player_bob"] as const)
    await watched.append("a/1", { type: "match.accept", match: "match_x", player });
  assert.equal(watched.auditor.state.matches.get("match_x")?.phase.state, "ACTIVE");
}

/** Both type. */
async function typing(watched: Watched, { salt, text }: { salt: string; text: string }): Promise<void> {
  const [ada, bob] = await watched.begin();
  await watched.append("a/1", enqueue(ada, "practice"), enqueue(bob, "practice"));
  await watched.append("a/1", propose("practice", commitText({ salt, text })));
  await watched.pass(2_000, "a/1", "b/1");
  await watched.append("a/1", { type: "match.begin", match: "match_x", text, salt });
  assert.equal(watched.auditor.state.matches.get("match_x")?.phase.state, "ACTIVE");
}

const lose = async (watched: Watched, other: NodeKey) => await watched.pass(4_000, other);

test("[X13] a match whose player we cut off and who stays away is void, and costs nobody anything", async () => {
  const watched = new Watched();
  await playing(watched);
  await lose(watched, "a/1");
  await watched.pass(70_000, "a/1");
  assert.equal(watched.auditor.ended.VOIDED, 1);
  assert.deepEqual(watched.sentences, []);
});

test("[X13] nobody is blamed for a ready check during which we cut them off", async () => {
  const watched = new Watched();
  await matched(watched);
  await watched.append("a/1", { type: "match.notified", match: "match_x", player: "player_bob" });
  await watched.append("a/1", { type: "match.accept", match: "match_x", player: "player_ada" });
  await lose(watched, "a/1");
  await watched.pass(50_000, "a/1");
  assert.equal(watched.auditor.ended.CANCELLED, 1);
  assert.deepEqual(watched.auditor.state.players.get("player_bob")?.offences, []);
  assert.deepEqual(watched.sentences, []);
});

test("[X13] a ticket that returns to waiting while we keep its player away lives 45 s", async () => {
  const watched = new Watched();
  await matched(watched);
  await watched.append("a/1", { type: "match.accept", match: "match_x", player: "player_bob" });
  await lose(watched, "a/1");
  await watched.append("a/1", { type: "match.decline", match: "match_x", player: "player_ada" });
  await watched.pass(40_000, "a/1");
  assert.deepEqual(watched.sentences, []);
  assert.ok(watched.auditor.state.tickets.has("ticket_bob"), "the ticket ended too soon");
});

test("[X13] a blame of the time of our fault goes, wherever its player is back", async () => {
  const watched = new Watched();
  await matched(watched);
  for (const player of ["player_ada", "player_bob"] as const)
    await watched.append("a/1", { type: "match.notified", match: "match_x", player });
  await watched.append("a/1", { type: "match.accept", match: "match_x", player: "player_ada" });
  await watched.pass(14_000, "a/1", "b/1");
  // Node b falls silent; a second later the ready check is over, and Bob comes back by node a before b is given up.
  await watched.pass(2_000, "a/1");
  await watched.append("a/1", connected("player_bob", "a/1"));
  await lose(watched, "a/1");
  assert.deepEqual(watched.auditor.state.players.get("player_bob")?.offences, []);
  assert.deepEqual(watched.sentences, []);
});

test("[X13] nobody loses to an opponent who goes on while we keep them away", async () => {
  const watched = new Watched();
  const text = "ls -l";
  await typing(watched, { salt: "pepper", text });
  await lose(watched, "a/1");
  const typed = { position: text.length, wrong: 0, keys: text.length, backspaces: 0, errors: 0 };
  const epoch = watched.auditor.state.players.get("player_ada")?.epoch ?? 0;
  await watched.append("a/1", { type: "match.finish", match: "match_x", player: "player_ada", epoch, typed });
  assert.equal(watched.auditor.ended.VOIDED, 1);
  assert.deepEqual(watched.sentences, []);
});

test("[X13] what faults of ours add to a deadline does not add up without end", async () => {
  const watched = new Watched();
  await matched(watched);
  const told = watched.auditor.state.matches.get("match_x")?.phase.deadline ?? 0;
  for (let boot = 2; boot <= 12; boot += 1) {
    await watched.append(`b/${boot}`, { type: "node.up", levels: [1, 2] });
    await watched.append(`b/${boot}`, connected("player_bob", `b/${boot}`));
  }
  const deadline = watched.auditor.state.matches.get("match_x")?.phase.deadline ?? 0;
  assert.ok(deadline - told <= 60_000, `the ready check lasts ${deadline - told} ms longer`);
});
