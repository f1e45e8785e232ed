import assert from "node:assert/strict";
import { test } from "node:test";
import { kernelLimits, type PlayerId, type RatingRecord, type TicketEnqueue } from "../../src/index.ts";
import { matched } from "./duels.ts";
import { changedRules } from "./modes.ts";
import { expectEvent, Shard } from "./shard.ts";

const record: RatingRecord = {
  mode: "duel",
  rating: 1500,
  deviation: 0,
  volatility: 0,
  games: 7,
  wins: 3,
  meanWpm: 40,
};

test("[T1] a ticket waits in all its pools at once and its players point to it", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const pools = [
    { mode: "arena", tier: null },
    { mode: "duel", tier: "gold" },
  ];
  const ticket = shard.enqueue(ada, "duel", { pools });
  assert.deepEqual(shard.queue("arena"), [ticket]);
  assert.deepEqual(shard.queue("duel:gold"), [ticket]);
  assert.equal(shard.player(ada).ticket, ticket);
  assert.equal(shard.ticket(ticket).state, "waiting");
});

test("[T2] a player with a ticket or a match cannot queue again, nor can a party with such a member", () => {
  const { shard, ada } = matched();
  const eve = shard.connect("eve");
  const mallory = shard.connect("mallory");
  shard.enqueue(eve, "arena");
  shard.refuses(shard.enqueueCommand(eve, "quick"), "ALREADY_IN_QUEUE");
  shard.refuses(shard.enqueueCommand(ada, "quick"), "ALREADY_IN_QUEUE");
  for (const busy of [eve, ada]) {
    const party = shard.enqueueCommand(mallory, "pairs", { members: [mallory, busy] });
    shard.refuses(party, "ALREADY_IN_QUEUE");
  }
});

test("[T3] members must be known and connected", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const bob = shard.connect("bob");
  shard.disconnect(bob);
  shard.refuses(shard.enqueueCommand("player_nobody", "arena"), "PLAYER_NOT_FOUND");
  shard.refuses(shard.enqueueCommand(bob, "arena"), "PLAYER_NOT_FOUND");
  shard.refuses(shard.enqueueCommand(ada, "pairs", { members: [ada, bob] }), "PLAYER_NOT_FOUND");
});

const arenaPool = { mode: "arena", tier: null };
const others = Array.from(
  { length: kernelLimits.membersPerTicket },
  (_, index): PlayerId => `player_${index}`,
);
const unsound: Record<string, Partial<TicketEnqueue>> = {
  "without the requester": { members: ["player_bob"] },
  "of nobody": { members: [] },
  "of one player twice": { members: ["player_ada", "player_ada"] },
  "of too many": { members: ["player_ada", ...others] },
  "for no pool": { pools: [] },
  "for too many pools": { pools: Array.from({ length: kernelLimits.poolsPerTicket + 1 }, () => arenaPool) },
  "for one pool twice": { pools: [arenaPool, arenaPool] },
  "with a negative draw": { draw: -1 },
  "with a broken draw": { draw: 0.5 },
  "with a draw beyond 32 bits": { draw: 2 ** 32 },
  "with a draw that is no number": { draw: Number.NaN },
  "with an endless wish": { wishes: { opponentMin: Number.NEGATIVE_INFINITY } },
  "with a wish that is no number": { wishes: { opponentMax: Number.NaN } },
  "with a wish nobody fits": { wishes: { opponentMin: 2, opponentMax: 1 } },
  "with an unknown secret epoch": { secretEpoch: 9 },
  ...Object.fromEntries(
    (["rating", "deviation", "volatility", "games", "wins", "meanWpm"] as const).map((key) => [
      `with a record whose ${key} is no number`,
      { records: [{ ...record, [key]: Number.NaN }] },
    ]),
  ),
  "with a negative count of games": { records: [{ ...record, games: -1 }] },
};

for (const [what, change] of Object.entries(unsound)) {
  test(`[T4] a ticket ${what} is refused`, () => {
    const shard = Shard.started();
    const ada = shard.connect("ada");
    shard.connect("bob");
    shard.refuses(shard.enqueueCommand(ada, "arena", change), "INVALID_CONFIGURATION");
  });
}

test("[T5] the id of a live ticket cannot be used again", () => {
  const shard = Shard.started();
  const ticket = shard.enqueue(shard.connect("ada"), "arena");
  shard.refuses(shard.enqueueCommand(shard.connect("bob"), "arena", { ticket }), "ID_REUSED");
});

for (const [mode, tier] of [
  ["chess", null],
  ["duel", null],
  ["duel", "platinum"],
  ["arena", "bronze"],
] as const) {
  test(`[T6] there is no pool ${mode}:${tier}`, () => {
    const shard = Shard.started();
    const command = shard.enqueueCommand(shard.connect("ada"), "arena", { pools: [{ mode, tier }] });
    shard.refuses(command, "QUEUE_NOT_FOUND");
  });
}

test("[T7] a mode that is switched off or only announced takes no tickets", () => {
  const shard = Shard.started(changedRules({ arena: { enabled: false } }));
  const ada = shard.connect("ada");
  shard.refuses(shard.enqueueCommand(ada, "arena"), "MODE_NOT_AVAILABLE");
  shard.refuses(shard.enqueueCommand(ada, "announced"), "MODE_NOT_AVAILABLE");
});

test("[T8] a ticket has room in a team of the mode", () => {
  const shard = Shard.started(changedRules({ pairs: { partySizeMax: 1 } }));
  const ada = shard.connect("ada");
  const bob = shard.connect("bob");
  shard.refuses(shard.enqueueCommand(ada, "arena", { members: [ada, bob] }), "CONSTRAINTS_NOT_SATISFIED");
  shard.refuses(shard.enqueueCommand(ada, "pairs", { members: [ada, bob] }), "CONSTRAINTS_NOT_SATISFIED");
  assert.ok(shard.enqueue(ada, "pairs"));
});

test("[T9] a pool that holds as many tickets as its rules allow is full", () => {
  const shard = Shard.started(changedRules({ arena: { maxTickets: 1 } }));
  shard.enqueue(shard.connect("ada"), "arena");
  shard.refuses(shard.enqueueCommand(shard.connect("bob"), "arena"), "QUEUE_FULL");
});

test("[T11] a ticket's rating is the mean of its players' ratings", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const ticket = shard.enqueue(ada, "duel", { records: [record] });
  assert.equal(shard.ticket(ticket).standings[0].rating, 1500);
  const fresh = shard.enqueue(shard.connect("bob"), "duel");
  assert.equal(shard.ticket(fresh).standings[0].rating, 1200);
});

test("[T12] the archive's record counts only where it has more games, and only for the player who asks", () => {
  const shard = Shard.started();
  const ada = shard.connect("ada");
  const bob = shard.connect("bob");
  const archived = { ...record, mode: "pairs" };
  shard.enqueue(ada, "pairs", { members: [bob, ada], records: [archived] });
  assert.deepEqual(shard.player(ada).records, [archived]);
  assert.deepEqual(shard.player(bob).records, []);
  shard.apply({ type: "ticket.cancel", player: ada });
  shard.enqueue(ada, "pairs", { members: [bob, ada], records: [{ ...archived, games: 6, rating: 1 }] });
  assert.deepEqual(shard.player(ada).records, [archived]);
});

test("[T13] a hidden ticket becomes eligible after the share of the delay that its draw gives", () => {
  const shard = Shard.started();
  const delayOf = (name: string, draw: number) => {
    const ticket = shard.enqueue(shard.connect(name), "hidden", { draw });
    return shard.ticket(ticket).standings[0].eligibleAt - shard.state.time;
  };
  assert.equal(delayOf("ada", 0), 0);
  assert.equal(delayOf("bob", 2 ** 31), 750);
  assert.equal(delayOf("cyd", 2 ** 32 - 1), 1_499);
});

test("[T14] a ticket is warned about once", () => {
  const shard = Shard.started();
  const ticket = shard.enqueue(shard.connect("ada"), "arena");
  const before = shard.wait(119_999);
  const warnings = [...before, ...shard.wait(1), ...shard.wait(100_000)].filter(
    ({ type }) => type === "ticket.warned",
  );
  assert.deepEqual(warnings, [{ type: "ticket.warned", ticket }]);
  assert.equal(
    before.some(({ type }) => type === "ticket.warned"),
    false,
  );
});

for (const warnAfterMs of [120_000, 900_000]) {
  test(`[T15] a ticket ends when its longest wait is over, warned after ${warnAfterMs} ms or not`, () => {
    const shard = Shard.started(changedRules({ arena: { warnAfterMs } }));
    const ada = shard.connect("ada");
    shard.enqueue(ada, "arena");
    assert.equal(
      shard.wait(299_999).some(({ type }) => type === "ticket.ended"),
      false,
    );
    assert.equal(expectEvent(shard.wait(1), "ticket.ended").reason, "no_opponents");
    assert.equal(shard.player(ada).ticket, null);
  });
}
