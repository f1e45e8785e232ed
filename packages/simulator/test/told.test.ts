import assert from "node:assert/strict";
import { test } from "node:test";
import { type KernelEvent, type MatchResolved, nothingTyped } from "@matchforge/core";
import { Promises } from "../src/audit/promises.ts";
import { ToldPlayer } from "../src/audit/told-player.ts";
import { Watched } from "./watched.ts";

const ticketOfAda = {
  type: "ticket.enqueue",
  ticket: "ticket_ada",
  player: "player_ada",
  members: ["player_ada"],
  party: null,
  pools: [{ mode: "external", tier: null }],
  draw: 0,
  secretEpoch: 1,
} as const;

/** Ada, who hears what one node tells. */
async function listening() {
  const watched = new Watched();
  await watched.begin();
  const violate = (sentence: string) => watched.auditor.violate(sentence);
  const told = new ToldPlayer({ id: "player_ada", promises: watched.auditor.promises, violate });
  told.sync(watched.auditor.state);
  return { watched, told, state: watched.auditor.state };
}

test("[X14] what a player was told is how it is", async () => {
  const { watched, told, state } = await listening();
  await watched.append("a/1", ticketOfAda);
  const queued = { type: "ticket.queued", ticket: "ticket_ada", players: ["player_ada"] } as const;
  told.hear({ position: state.position, at: 0, node: "a/1", command: ticketOfAda }, [
    queued as unknown as KernelEvent,
  ]);
  told.compare(state);
  assert.deepEqual(watched.sentences, []);
});

test("[X14] a change that a player is not told of is a violation, once", async () => {
  const { watched, told, state } = await listening();
  await watched.append("a/1", ticketOfAda);
  told.compare(state);
  told.compare(state);
  assert.equal(watched.sentences.length, 1);
  assert.match(watched.sentences[0] ?? "", /player_ada was told null, .* it is ticket_ada/);
});

test("[X14] a coordinator that tells of a time before the last is a violation", async () => {
  const { watched, told, state } = await listening();
  told.hear({ position: state.position + 5, at: 0, node: "a/1", command: { type: "node.alive" } }, []);
  told.sync(state);
  assert.match(watched.sentences.join(), /was told of \d+ and then how it was at \d+/);
});

const won = (payout: bigint): MatchResolved["result"] => ({
  endReason: "completed",
  winners: ["player_ada"],
  burned: 0n,
  durationMs: 1,
  players: [
    {
      player: "player_ada",
      team: 0,
      outcome: "win",
      typed: nothingTyped,
      accuracy: 0,
      wpm: 0,
      timeMs: 0,
      payout,
      before: { mode: "duel", rating: 0, deviation: 0, volatility: 0, games: 0, wins: 0, meanWpm: 0 },
      after: { mode: "duel", rating: 0, deviation: 0, volatility: 0, games: 1, wins: 1, meanWpm: 0 },
    },
  ],
});

test("[X14] a result is told once, the same to all, and paid as told", () => {
  const sentences: string[] = [];
  const promises = new Promises((sentence) => sentences.push(sentence));
  const match = "match_x";
  promises.result({ player: "player_ada", match, result: won(9n) });
  promises.result({ player: "player_bob", match, result: won(9n) });
  promises.paid({ player: "player_ada", match, amount: 9n });
  assert.deepEqual(sentences, []);
  promises.result({ player: "player_ada", match, result: won(9n) });
  promises.result({ player: "player_cay", match, result: won(8n) });
  promises.paid({ player: "player_ada", match, amount: 8n });
  assert.equal(sentences.length, 3);
  assert.match(sentences[0] ?? "", /hears the result of match_x twice/);
  assert.match(sentences[1] ?? "", /hears another result/);
  assert.match(sentences[2] ?? "", /is paid 8 for match_x, they were told 9/);
});

test("[X15] a ticket that was acknowledged and has no end is a violation", async () => {
  const { watched, state } = await listening();
  const { promises, chronicle } = watched.auditor;
  await watched.append("a/1", ticketOfAda);
  const standing = state.tickets.get("ticket_ada");
  assert.ok(standing !== undefined);
  promises.answered("player_ada", [
    { type: "ticket.queued", ticket: "ticket_ada" } as unknown as KernelEvent,
  ]);
  promises.judge(chronicle);
  assert.match(watched.sentences.join(), /ticket_ada was acknowledged to player_ada and is lost/);
  await watched.append("a/1", { type: "ticket.cancel", player: "player_ada" });
  promises.judge(chronicle);
  assert.equal(watched.sentences.length, 1);
});
