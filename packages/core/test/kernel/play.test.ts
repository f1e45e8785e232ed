import assert from "node:assert/strict";
import { test } from "node:test";
import {
  accept,
  active,
  begin,
  checkpoint,
  counted,
  finish,
  flawless,
  matched,
  preparing,
  typedOf,
} from "./duels.ts";
import { changedRules } from "./modes.ts";
import { duelText, expectEvent, find, refusal, Shard, typesOf } from "./shard.ts";

test("[M17] the first finish in the log wins", () => {
  const duel = active();
  duel.shard.wait(2_000);
  const { result } = expectEvent(finish(duel, duel.bob), "match.resolved");
  assert.deepEqual([result.endReason, result.winners, result.durationMs], ["completed", [duel.bob], 2_000]);
  assert.deepEqual(
    result.players.map(({ outcome }) => outcome),
    ["loss", "win"],
  );
  assert.equal(result.players[1].timeMs, 2_000);
  assert.equal(result.players[1].wpm, 30);
});

test("[M17] a finish with an incomplete text or characters left over is refused", () => {
  const duel = active();
  const { shard, match, ada } = duel;
  shard.wait(1_000);
  const { epoch } = shard.player(ada);
  for (const typed of [flawless(4), typedOf({ position: 5, wrong: 1, keys: 6, errors: 1 })]) {
    shard.refuses({ type: "match.finish", match, player: ada, epoch, typed }, "INVALID_STATE");
  }
});

test("[M18] nobody types more than 25 keys in a second, counted from the last checkpoint", () => {
  const duel = active();
  const { shard, ada } = duel;
  const keys = (count: number) => typedOf({ keys: count, backspaces: count });
  const refused = (count: number) => refusal(checkpoint(duel, ada, keys(count)));
  assert.equal(refused(26), "TYPING_TOO_FAST");
  assert.equal(refused(25), undefined);
  shard.wait(1_000);
  assert.equal(refused(51), "TYPING_TOO_FAST");
  assert.equal(refused(50), undefined);
});

test("[M18] many checkpoints buy no speed: all keys since the start are counted too", () => {
  const duel = active();
  const keys = (count: number) => typedOf({ keys: count, backspaces: count });
  checkpoint(duel, duel.ada, keys(25));
  assert.equal(refusal(checkpoint(duel, duel.ada, keys(50))), "TYPING_TOO_FAST");
});

test("[M19] figures that no keys can give are refused", () => {
  const duel = active();
  duel.shard.wait(10_000);
  checkpoint(duel, duel.ada, typedOf({ position: 2, keys: 4, backspaces: 1, errors: 1 }));
  const impossible = {
    "fewer keys than before": typedOf({ position: 2, keys: 3 }),
    "fewer errors than before": typedOf({ position: 2, keys: 5, backspaces: 1 }),
    "more right keys than keys": typedOf({ position: 4, keys: 5, backspaces: 1, errors: 1 }),
    "beyond the text": flawless(duelText.length + 1),
    "a number that is none": typedOf({ keys: Number.NaN }),
    "a negative number": typedOf({ wrong: -1 }),
    "a fraction": typedOf({ position: 2.5, keys: 9, backspaces: 1, errors: 1 }),
  };
  for (const [what, typed] of Object.entries(impossible)) {
    assert.equal(refusal(checkpoint(duel, duel.ada, typed)), "INVALID_STATE", what);
  }
});

test("[M20] a checkpoint of an older connection is stale", () => {
  const duel = active();
  const { shard, match, ada } = duel;
  const { epoch } = shard.player(ada);
  shard.connect("ada");
  const command = { match, player: ada, epoch, typed: flawless(1) } as const;
  shard.refuses({ type: "match.checkpoint", final: false, ...command }, "STALE_EPOCH");
  shard.refuses({ type: "match.finish", ...command }, "STALE_EPOCH");
  shard.disconnect(ada);
  shard.refuses({ type: "match.checkpoint", final: false, ...command }, "STALE_EPOCH");
});

test("[M20] after the final checkpoint nothing counts", () => {
  const duel = active();
  checkpoint(duel, duel.ada, flawless(1), true);
  assert.equal(refusal(checkpoint(duel, duel.ada, flawless(2))), "STALE_EPOCH");
});

function timedOut(adaTyped: ReturnType<typeof typedOf>, bobTyped: ReturnType<typeof typedOf>) {
  const duel = active();
  duel.shard.wait(30_000);
  checkpoint(duel, duel.ada, adaTyped);
  checkpoint(duel, duel.bob, bobTyped);
  const counting = expectEvent(duel.shard.wait(30_000), "match.counting");
  assert.equal(counting.deadline, duel.shard.state.time + 1_000);
  const { result } = expectEvent(duel.shard.wait(1_000), "match.resolved");
  assert.equal(result.endReason, "timeout");
  return result;
}

test("[M21] when time is up the higher progress wins", () => {
  const result = timedOut(
    typedOf({ position: 3, keys: 3 }),
    typedOf({ position: 4, keys: 10, errors: 3, backspaces: 3 }),
  );
  assert.deepEqual(result.winners, ["player_bob"]);
});

test("[M21] at equal progress the higher accuracy wins", () => {
  const result = timedOut(typedOf({ position: 3, keys: 5, errors: 1, backspaces: 1 }), flawless(3));
  assert.deepEqual(result.winners, ["player_bob"]);
});

test("[M21] equal progress and accuracy tie", () => {
  const result = timedOut(flawless(3), flawless(3));
  assert.deepEqual(result.winners, []);
  assert.deepEqual(
    result.players.map(({ outcome }) => outcome),
    ["tie", "tie"],
  );
  assert.deepEqual(
    result.players.map(({ after }) => [after.rating, after.games, after.wins]),
    [
      [1200, 1, 0],
      [1200, 1, 0],
    ],
  );
});

test("[M22] checkpoints still count in the second after time is up, finishes do not", () => {
  const duel = active();
  duel.shard.wait(60_000);
  assert.equal(refusal(finish(duel, duel.ada)), "INVALID_STATE");
  checkpoint(duel, duel.ada, flawless(1), true);
  assert.equal(duel.shard.stateOf(duel.match), "ACTIVE");
  const { result } = expectEvent(checkpoint(duel, duel.bob, flawless(2), true), "match.resolved");
  assert.deepEqual([result.endReason, result.winners], ["timeout", [duel.bob]]);
});

test("[M23] whoever stays away 30 s in play forfeits", () => {
  const duel = active();
  const { shard, ada, bob, match } = duel;
  const gone = expectEvent(shard.disconnect(ada), "player.disconnected");
  assert.deepEqual([gone.match, gone.forfeitAt], [match, shard.state.time + 30_000]);
  assert.equal(find(shard.wait(29_999), "match.forfeited"), undefined);
  const events = shard.wait(1);
  assert.equal(expectEvent(events, "match.forfeited").player, ada);
  const { result } = expectEvent(events, "match.resolved");
  assert.deepEqual([result.endReason, result.winners], ["forfeit", [bob]]);
});

test("[M23] whoever is back in time plays on, and the others are told", () => {
  const duel = active();
  const { shard, ada, match, node } = { ...duel, node: duel.shard.node };
  shard.disconnect(ada);
  shard.wait(29_999);
  const back = shard.apply({ type: "player.connected", player: ada, node, guest: false });
  assert.equal(expectEvent(back, "player.connected").backIn, match);
  assert.equal(find(shard.wait(30_000), "match.forfeited"), undefined);
});

test("[M24] when everybody stays away the match is void", () => {
  const duel = active();
  const { shard, ada, bob, match } = duel;
  shard.disconnect(ada);
  shard.wait(20_000);
  shard.disconnect(bob);
  const events = shard.wait(10_000);
  assert.equal(expectEvent(events, "match.voided").match, match);
  assert.equal(find(events, "match.resolved"), undefined);
  assert.deepEqual([shard.player(ada).records, shard.player(bob).records], [[], []]);
});

test("[M25] an abandon in play is a forfeit", () => {
  const duel = active();
  const { shard, match, ada, bob } = duel;
  const events = shard.apply({ type: "match.abandon", match, player: ada });
  assert.deepEqual(typesOf(events), ["match.forfeited", "match.resolved"]);
  const { result } = expectEvent(events, "match.resolved");
  assert.deepEqual([result.endReason, result.winners], ["forfeit", [bob]]);
  assert.deepEqual(
    result.players.map(({ after }) => after.rating),
    [1184, 1216],
  );
});

test("[M26] players are free as soon as the result stands", () => {
  const duel = active();
  finish(duel, duel.ada);
  const { shard, match, ada } = duel;
  assert.equal(shard.stateOf(match), "RESOLVED");
  assert.equal(shard.player(ada).match, null);
  assert.ok(shard.enqueue(ada, "arena"));
});

test("[M27] a match keeps its players' records from before and after", () => {
  const duel = active();
  duel.shard.wait(1_000);
  const { result } = expectEvent(finish(duel, duel.ada), "match.resolved");
  assert.deepEqual(
    result.players.map(({ before, after }) => [
      before.rating,
      after.rating,
      after.games,
      after.wins,
      after.meanWpm,
    ]),
    [
      [1200, 1216, 1, 1, 60],
      [1200, 1184, 1, 0, 0],
    ],
  );
  assert.equal(duel.shard.player(duel.ada).records[0].rating, 1216);
});

test("[M28] who is away when a match without countdown starts has the usual grace", () => {
  const shard = Shard.started(changedRules({ arena: { countdownMs: 0 } }));
  const duel = matched("arena", shard);
  accept(duel, duel.ada);
  shard.disconnect(duel.ada);
  const started = expectEvent(accept(duel, duel.bob), "match.started");
  assert.deepEqual(started.absent, [{ player: duel.ada, until: shard.state.time + 30_000 }]);
  assert.equal(expectEvent(shard.wait(30_000), "match.forfeited").player, duel.ada);
});

test("[M29] the text is in the log only once play has begun", () => {
  const duel = counted();
  const before = JSON.stringify(duel.shard.entries);
  assert.equal(before.includes(duelText), false);
  assert.equal(expectEvent(begin(duel), "match.started").text, duelText);
});

test("[M30] the result of a game played elsewhere is reported by rank", () => {
  const duel = counted(matched("arena"));
  const { shard, match, ada, bob } = duel;
  assert.equal(shard.stateOf(match), "ACTIVE");
  shard.wait(3_000);
  const events = shard.apply({ type: "match.report", match, ranks: [2, 1] });
  assert.deepEqual(typesOf(events), ["match.resolved", "match.settled"]);
  assert.deepEqual(expectEvent(events, "match.resolved").result.winners, [bob]);
  assert.equal(shard.state.matches.has(match), false);
  assert.equal(shard.player(ada).match, null);
});

test("[M30] equal ranks tie", () => {
  const { shard, match } = counted(matched("arena"));
  const events = shard.apply({ type: "match.report", match, ranks: [1, 1] });
  assert.deepEqual(expectEvent(events, "match.resolved").result.winners, []);
});

test("[M30] ranks that fit no result are refused", () => {
  const { shard, match } = counted(matched("arena"));
  for (const ranks of [[], [1], [1, 2, 3], [0, 1], [1, 3], [1, 1.5], [1, Number.NaN]]) {
    shard.refuses({ type: "match.report", match, ranks }, "INVALID_CONFIGURATION");
  }
});

test("[M30] nothing is reported before the game runs, nor typed in it", () => {
  const duel = preparing(matched("arena"));
  const { shard, match, ada } = duel;
  shard.refuses({ type: "match.report", match, ranks: [1, 2] }, "INVALID_STATE");
  counted(duel);
  assert.equal(refusal(checkpoint(duel, ada, typedOf({ keys: 1, backspaces: 1 }))), "INVALID_STATE");
});

test("[M31] a game played elsewhere without a result in time is void", () => {
  const { shard, match } = counted(matched("arena"));
  const events = shard.wait(60_000);
  assert.equal(expectEvent(events, "match.voided").match, match);
  assert.equal(shard.state.matches.size, 0);
});

test("[M27] a player has one record for each mode played", () => {
  const duel = active();
  const { shard, ada, bob } = duel;
  finish(duel, ada);
  for (let game = 0; game < 2; game += 1) {
    const tickets = [ada, bob].map((player) => shard.enqueue(player, "quick"));
    const match = shard.propose([[tickets[0]], [tickets[1]]], "quick");
    shard.apply({ type: "match.report", match, ranks: [1, 2] });
  }
  const records = shard.player(ada).records.map(({ mode, games, wins }) => [mode, games, wins]);
  assert.deepEqual(records, [
    ["duel", 1, 1],
    ["quick", 2, 2],
  ]);
});
