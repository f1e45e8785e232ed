import assert from "node:assert/strict";
import { test } from "node:test";
import { noQuality, type RoundFill, stateHash, type TicketId } from "../../src/index.ts";
import { changedRules } from "./modes.ts";
import { expectEvent, Shard, typesOf } from "./shard.ts";

const names = ["ada", "bob", "cyd", "dan", "eve", "fay"] as const;

function fillCommand(shard: Shard, match: RoundFill["match"], tickets: readonly TicketId[]): RoundFill {
  return {
    type: "round.fill",
    term: shard.state.term,
    match,
    pool: "brawl:bronze",
    rulesVersion: shard.state.rulesVersion,
    tickets,
    quality: noQuality,
    secretEpoch: 1,
    commitment: null,
  };
}

/** A round with some of six players who queue; the others wait. */
function forming(count: number, shard = Shard.started()) {
  const tickets = names.map((name) => shard.enqueue(shard.connect(name), "brawl"));
  const match = "match_round" as const;
  const created = shard.apply(fillCommand(shard, match, tickets.slice(0, count)));
  return { shard, tickets, match, created };
}

test("[RF1] the first tickets open a round, which registers players for its time", () => {
  const { shard, match, created } = forming(1);
  const { state, deadline } = expectEvent(created, "match.created");
  assert.deepEqual([state, deadline], ["FORMING", shard.state.time + 60_000]);
  assert.equal(shard.player("player_ada").match, match);
  assert.deepEqual(shard.state.pools.get("brawl:bronze")?.forming, [match]);
});

test("[RF1] others join it, each a team of their own", () => {
  const { shard, match, tickets } = forming(1);
  const joined = expectEvent(shard.apply(fillCommand(shard, match, tickets.slice(1, 3))), "round.joined");
  assert.deepEqual(joined.tickets, tickets.slice(1, 3));
  assert.deepEqual(
    shard.match(match).players.map(({ id, team }) => [id, team]),
    [
      ["player_ada", 0],
      ["player_bob", 1],
      ["player_cyd", 2],
    ],
  );
});

test("[RF2] a full round goes on at once, and counts as a match from there on", () => {
  const { shard, match, tickets } = forming(3);
  assert.equal(shard.state.pools.get("brawl:bronze")?.matchCount, 0);
  const events = shard.apply(fillCommand(shard, match, [tickets[3]]));
  assert.deepEqual(typesOf(events), ["round.joined", "match.preparing"]);
  assert.equal(shard.stateOf(match), "PREPARING");
  assert.deepEqual(shard.state.pools.get("brawl:bronze")?.forming, []);
  assert.equal(shard.state.pools.get("brawl:bronze")?.matchCount, 1);
  shard.refuses(fillCommand(shard, match, [tickets[4]]), "INVALID_STATE");
});

test("[RF2] at its time a round with enough players goes on", () => {
  const { shard, match } = forming(2);
  shard.wait(59_000);
  assert.equal(shard.stateOf(match), "FORMING");
  expectEvent(shard.wait(1_000), "match.preparing");
});

test("[RF3] a round with too few waits once more, then everybody waits again, blamed for nothing", () => {
  const { shard, match, tickets } = forming(1);
  const extended = expectEvent(shard.wait(60_000), "round.extended");
  assert.equal(extended.deadline, shard.state.time + 30_000);
  const cancelled = expectEvent(shard.wait(30_000), "match.cancelled");
  assert.deepEqual([cancelled.match, cancelled.reason, cancelled.offenders], [match, "too_few_players", []]);
  assert.equal(shard.ticket(tickets[0]).state, "waiting");
  assert.equal(shard.player("player_ada").ticket, tickets[0]);
});

test("[RF3] one who joins during the extension is in time", () => {
  const { shard, match, tickets } = forming(1);
  shard.wait(60_000);
  shard.apply(fillCommand(shard, match, [tickets[1]]));
  expectEvent(shard.wait(30_000), "match.preparing");
});

test("[RF4] leaving a round is free, by either word, and numbers the others anew", () => {
  for (const type of ["ticket.cancel", "match.abandon"] as const) {
    const { shard, match, tickets } = forming(3);
    const player = "player_ada";
    const left = expectEvent(shard.apply({ type, player, match }), "round.left");
    assert.deepEqual([left.ticket, left.ended], [tickets[0], "cancelled"]);
    assert.deepEqual(
      shard.match(match).players.map(({ team }) => team),
      [0, 1],
    );
    assert.equal(shard.player(player).available, 1_000n);
    assert.ok(shard.enqueue(player, "brawl"));
  }
});

test("[RF4] a round that everybody leaves is over", () => {
  const { shard, match } = forming(1);
  const events = shard.apply({ type: "ticket.cancel", player: "player_ada" });
  assert.deepEqual(typesOf(events), ["round.left", "match.cancelled"]);
  assert.equal(shard.state.matches.has(match), false);
});

test("[RF5] who disconnects leaves the round, and their ticket waits for them", () => {
  const { shard, match, tickets } = forming(3);
  const left = expectEvent(shard.disconnect("player_bob"), "round.left");
  assert.equal(left.ended, null);
  assert.equal(shard.ticket(tickets[1]).state, "waiting");
  assert.equal(shard.match(match).players.length, 2);
  shard.connect("bob");
  expectEvent(shard.apply(fillCommand(shard, match, [tickets[1]])), "round.joined");
  shard.disconnect("player_bob");
  const ended = expectEvent(shard.wait(15_000), "ticket.ended");
  assert.deepEqual([ended.ticket, ended.reason], [tickets[1], "disconnected"]);
});

test("[RF5] a ticket that leaves a round for what is no longer offered is over, its stake returned", () => {
  const { shard, tickets } = forming(3);
  const rules = changedRules({ brawl: { stakes: [{ tier: "bronze", stake: "5" }] } });
  shard.apply({ type: "rules.configure", rules });
  const { ended } = expectEvent(shard.disconnect("player_bob"), "round.left");
  assert.equal(ended, "mode_removed");
  assert.equal(shard.state.tickets.has(tickets[1]), false);
  assert.equal(shard.player("player_bob").available, 1_000n);
});

test("[RF6] nobody joins who does not accept all in it, and nobody twice", () => {
  const shard = Shard.started();
  const blocked = shard.enqueue(shard.connect("zoe"), "brawl", { wishes: { blocked: ["player_bob"] } });
  const { match, tickets } = forming(2, shard);
  shard.refuses(fillCommand(shard, match, [blocked]), "CONSTRAINTS_NOT_SATISFIED");
  shard.refuses(fillCommand(shard, match, [tickets[0]]), "TICKET_NOT_WAITING");
  shard.refuses(fillCommand(shard, match, [tickets[2], tickets[2]]), "TICKET_NOT_WAITING");
  shard.refuses(fillCommand(shard, match, tickets.slice(2, 5)), "CONSTRAINTS_NOT_SATISFIED");
  shard.refuses(fillCommand(shard, "match_other", []), "CONSTRAINTS_NOT_SATISFIED");
});

test("[RF6] rounds are filled under the rules and by the leader of the moment only", () => {
  const { shard, match, tickets } = forming(1);
  const command = fillCommand(shard, match, [tickets[1]]);
  shard.refuses({ ...command, term: 1 }, "STALE_TERM");
  shard.refuses({ ...command, pool: "arena" }, "QUEUE_NOT_FOUND");
  shard.refuses({ ...command, match: "match_new", secretEpoch: 9 }, "INVALID_CONFIGURATION");
  shard.apply({ type: "rules.configure", rules: changedRules({}) });
  shard.refuses(command, "STALE_RULES");
  shard.refuses({ ...command, rulesVersion: shard.state.rulesVersion }, "STALE_RULES");
  shard.refuses(
    {
      ...shard.proposeCommand([[tickets[1]], [tickets[2]]], "brawl:bronze"),
      rulesVersion: shard.state.rulesVersion,
    },
    "QUEUE_NOT_FOUND",
  );
});

test("[RF7] a round is played by whoever is there, paid from all stakes, and rated once", () => {
  const { shard, match } = forming(4);
  shard.disconnect("player_dan");
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  const started = expectEvent(shard.wait(5_000), "match.started");
  assert.deepEqual(
    started.absent.map(({ player }) => player),
    ["player_dan"],
  );
  const events = shard.apply({ type: "match.report", match, ranks: [2, 1, 3, 4] });
  const { result } = expectEvent(events, "match.resolved");
  assert.deepEqual(result.winners, ["player_bob"]);
  assert.equal(result.players[1].payout, 36n);
  assert.equal(result.burned, 4n);
  shard.refuses({ type: "match.report", match, ranks: [1, 2] }, "INVALID_STATE");
});

test("[RF7] a round's result has a rank for everybody in it", () => {
  const { shard, match } = forming(4);
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  shard.wait(5_000);
  for (const ranks of [
    [1, 2],
    [1, 2, 3, 5],
    [1, 2, 3, 4, 4],
  ])
    shard.refuses({ type: "match.report", match, ranks }, "INVALID_CONFIGURATION");
});

test("[RF8] a forming round restored from a snapshot has the same hash and the same future", () => {
  const { shard, match } = forming(2);
  const twin = Shard.started();
  twin.state = shard.copy();
  twin.at = shard.at;
  for (const one of [shard, twin]) one.wait(61_000);
  assert.equal(stateHash(twin.state), stateHash(shard.state));
  assert.equal(twin.stateOf(match), "PREPARING");
});

test("[RF9] a round has no roles, and no former but its own", () => {
  const hold = { kind: "fixed", forMs: 1_000, pointsPerSecond: 10 } as const;
  const search = {
    widening: { kind: "linear", gap: 100, perSecond: 1, max: 500 },
    avoidRematch: null,
    hold,
  } as const;
  for (const change of [
    { roles: [{ role: "tank", count: 1 }] },
    { matcher: "own" },
    { teamAssigner: "own" },
    { search },
  ])
    Shard.started().refuses(
      { type: "rules.configure", rules: changedRules({ brawl: change }) },
      "INVALID_CONFIGURATION",
    );
});

test("[RF9] rounds of no size, or for no time, are refused", () => {
  const round = { playersMin: 2, playersMax: 8, registrationMs: 60_000, extensionMs: 0 };
  for (const change of [
    { playersMin: 1 },
    { playersMin: 9 },
    { playersMax: 65 },
    { playersMax: Number.NaN },
    { registrationMs: 0 },
    { extensionMs: -1 },
  ]) {
    const rules = changedRules({ brawl: { round: { ...round, ...change } } });
    Shard.started().refuses({ type: "rules.configure", rules }, "INVALID_CONFIGURATION");
  }
});
