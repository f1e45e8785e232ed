import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlayerId, State } from "../../src/index.ts";
import {
  accept,
  active,
  checkpoint,
  counted,
  done,
  finish,
  flawless,
  matched,
  preparing,
  ready,
  resolved,
} from "./duels.ts";
import { changedRules, testRules } from "./modes.ts";
import { expectEvent, find, Shard } from "./shard.ts";

function available(shard: Shard, ...players: PlayerId[]): bigint[] {
  return players.map((player) => shard.player(player).available);
}

const burned = ({ books }: State) => books.burned;

test("[D30] a waiting ticket locks the highest stake of its pools, per player", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const pools = ["bronze", "gold"].map((tier) => ({ mode: "duel", tier }));
  const ticket = shard.enqueue(ada, "duel", { pools });
  assert.equal(shard.ticket(ticket).stake, 305n);
  assert.deepEqual(available(shard, ada), [695n]);
  shard.apply({ type: "ticket.cancel", player: ada });
  assert.deepEqual(available(shard, ada), [1_000n]);
});

test("[D31] who lacks the stake drinks from the faucet, at most once in its time", () => {
  const shard = Shard.started({ ...testRules, ledger: { faucet: "310", faucetEveryMs: 60_000 } });
  const gold = [{ mode: "duel", tier: "gold" }];
  const lose = () => {
    const tickets = ["ada", "bob"].map((name) => shard.enqueue(`player_${name}`, "duel", { pools: gold }));
    const match = shard.propose([[tickets[0]], [tickets[1]]], "duel:gold");
    const duel = {
      shard,
      ada: "player_ada",
      bob: "player_bob",
      tickets: [tickets[0], tickets[1]],
      match,
    } as const;
    finish(active(duel), "player_ada");
    done(duel, "settle");
  };
  shard.connect("ada");
  shard.connect("bob");
  lose();
  assert.deepEqual(available(shard, "player_ada", "player_bob"), [554n, 5n]);
  const again = shard.enqueueCommand("player_bob", "duel", { pools: gold });
  shard.refuses(again, "INSUFFICIENT_FUNDS");
  shard.wait(60_000);
  assert.equal(expectEvent(shard.apply(again), "player.deposited").amount, 310n);
  assert.equal(shard.state.books.deposits, 930n);
});

test("[D31] who has exactly the stake needs no faucet", () => {
  const shard = Shard.started({ ...testRules, ledger: { faucet: "50", faucetEveryMs: 60_000 } });
  const ada = shard.connect("ada");
  shard.enqueue(ada, "duel");
  shard.apply({ type: "ticket.cancel", player: ada });
  shard.enqueue(ada, "duel");
  assert.equal(shard.state.books.deposits, 50n);
});

test("[D31] a faucet that does not reach the stake gives nothing", () => {
  const shard = Shard.started({ ...testRules, ledger: { faucet: "49", faucetEveryMs: 60_000 } });
  shard.refuses(shard.enqueueCommand(shard.connect("ada"), "duel"), "INSUFFICIENT_FUNDS");
  assert.equal(shard.state.books.deposits, 0n);
});

test("[D32] the escrow moves the stakes into the pot, once", () => {
  const duel = preparing();
  assert.equal(duel.shard.match(duel.match).pot, 0n);
  assert.deepEqual([...duel.shard.state.effects.keys()], [`escrow:${duel.match}`]);
  done(duel, "escrow");
  assert.equal(duel.shard.match(duel.match).pot, 100n);
  duel.shard.refuses({ type: "effect.done", key: `escrow:${duel.match}`, txHash: null }, "EFFECT_NOT_FOUND");
});

test("[D33] a winner gets the pot less the burn, when the settlement is confirmed", () => {
  const duel = resolved();
  const { shard, ada, bob } = duel;
  assert.deepEqual(available(shard, ada, bob), [950n, 950n]);
  const settled = expectEvent(done(duel, "settle"), "match.settled");
  assert.deepEqual([settled.payouts, settled.burned], [[{ player: ada, amount: 90n }], 10n]);
  assert.deepEqual(available(shard, ada, bob), [1_040n, 950n]);
  assert.equal(burned(shard.state), 10n);
});

test("[D33] the winners of a team share the pot, the rest that cannot be shared is burned", () => {
  const shard = Shard.started(changedRules({ pairs: { burnBps: 1_001 } }));
  const players = ["ada", "bob", "cyd", "dan"].map((name) => shard.connect(name));
  const left = shard.enqueue(players[0], "pairs", { members: players.slice(0, 2) });
  const right = shard.enqueue(players[2], "pairs", { members: players.slice(2) });
  const match = shard.propose([[left], [right]], "pairs:bronze");
  for (const player of players) shard.apply({ type: "match.accept", match, player });
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  shard.wait(5_000);
  shard.apply({ type: "match.report", match, ranks: [1, 2] });
  shard.apply({ type: "effect.done", key: `settle:${match}`, txHash: null });
  assert.deepEqual(available(shard, ...players), [1_019n, 1_019n, 975n, 975n]);
  assert.equal(burned(shard.state), 12n);
});

test("[D34] a tie gives every stake back and burns nothing", () => {
  const duel = active();
  const { shard, ada, bob } = duel;
  shard.wait(61_000);
  done(duel, "settle");
  assert.deepEqual(available(shard, ada, bob), [1_000n, 1_000n]);
  assert.equal(burned(shard.state), 0n);
});

test("[D35] a cancelled match leaves every stake where its ticket is", () => {
  const duel = ready();
  const { shard, ada, bob } = duel;
  shard.apply({ type: "match.abandon", match: duel.match, player: ada });
  assert.deepEqual(available(shard, ada, bob), [1_000n, 950n]);
  assert.equal(shard.state.effects.size, 0);
  shard.apply({ type: "ticket.cancel", player: bob });
  assert.deepEqual(available(shard, ada, bob), [1_000n, 1_000n]);
});

test("[D35] a ticket that locked more than the match's stake locks it again when it returns", () => {
  const shard = Shard.started();
  const pools = ["bronze", "gold"].map((tier) => ({ mode: "duel", tier }));
  const tickets = ["ada", "bob"].map((name) => shard.enqueue(shard.connect(name), "duel", { pools }));
  const match = shard.propose([[tickets[0]], [tickets[1]]], "duel:bronze");
  const duel = {
    shard,
    ada: "player_ada",
    bob: "player_bob",
    tickets: [tickets[0], tickets[1]],
    match,
  } as const;
  ready(duel);
  assert.deepEqual(available(shard, duel.ada, duel.bob), [950n, 950n]);
  shard.apply({ type: "match.abandon", match, player: duel.ada });
  assert.deepEqual(available(shard, duel.ada, duel.bob), [1_000n, 695n]);
});

test("[D36] a void match gives every stake back", () => {
  const duel = active();
  const { shard, ada, bob } = duel;
  shard.disconnect(ada);
  shard.disconnect(bob);
  assert.equal(expectEvent(shard.wait(30_000), "match.voided").refunds[0]?.amount, 50n);
  assert.deepEqual(available(shard, ada, bob), [1_000n, 1_000n]);
});

test("[D37] a settlement that takes long is owed for ever, with a violation every minute", () => {
  const duel = resolved();
  const events = duel.shard.wait(3_600_000);
  assert.equal(
    events.filter((event) => event.type === "violation" && event.code === "SETTLEMENT_LATE").length,
    60,
  );
  assert.deepEqual([...duel.shard.state.effects.keys()], [`settle:${duel.match}`]);
  done(duel, "settle");
  assert.equal(duel.shard.player(duel.ada).available, 1_040n);
});

test("[D38] a settlement counts once", () => {
  const duel = resolved();
  done(duel, "settle");
  duel.shard.refuses({ type: "effect.done", key: `settle:${duel.match}`, txHash: "0x2" }, "EFFECT_NOT_FOUND");
});

test("[D39] a game for nothing owes nothing and is settled with its result", () => {
  const duel = counted(matched("arena"));
  const events = duel.shard.apply({ type: "match.report", match: duel.match, ranks: [1, 2] });
  assert.deepEqual(expectEvent(events, "match.settled").payouts, []);
  assert.equal(find(events, "match.resolved")?.effect, null);
});

test("[D40] the result says each payout before it is paid, and they make up the pot", () => {
  const duel = active();
  checkpoint(duel, duel.ada, flawless(1));
  const { result, effect } = expectEvent(finish(duel, duel.bob), "match.resolved");
  assert.deepEqual(
    result.players.map(({ payout }) => payout),
    [0n, 90n],
  );
  assert.equal(result.burned, 10n);
  assert.equal(effect?.key, `settle:${duel.match}`);
});

test("[D41] a guest who is forgotten takes the play money along", () => {
  const shard = Shard.started();
  const eve = shard.connect("eve", { guest: true });
  shard.enqueue(eve, "duel");
  shard.apply({ type: "ticket.cancel", player: eve });
  shard.disconnect(eve);
  shard.apply({ type: "archive.progress", cursor: shard.state.position });
  assert.equal(expectEvent(shard.wait(600_000), "player.evicted").withdrawn, 1_000n);
  assert.equal(shard.state.books.withdrawals, 1_000n);
});

test("[D35] whoever declines before the escrow keeps nothing locked", () => {
  const duel = matched();
  accept(duel, duel.ada);
  duel.shard.apply({ type: "match.decline", match: duel.match, player: duel.bob });
  assert.deepEqual(available(duel.shard, duel.ada, duel.bob), [950n, 1_000n]);
});

test("[D42] a ticket that locked a stake and plays for nothing has it back at the start", () => {
  const shard = Shard.started();
  const pools = [
    { mode: "duel", tier: "bronze" },
    { mode: "quick", tier: null },
  ];
  const tickets = ["ada", "bob"].map((name) => shard.enqueue(shard.connect(name), "duel", { pools }));
  assert.deepEqual(available(shard, "player_ada", "player_bob"), [950n, 950n]);
  shard.propose([[tickets[0]], [tickets[1]]], "quick");
  assert.deepEqual(available(shard, "player_ada", "player_bob"), [1_000n, 1_000n]);
});
