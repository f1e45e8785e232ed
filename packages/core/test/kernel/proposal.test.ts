import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, noQuality, type TicketId } from "../../src/index.ts";
import { active, done, finish, matched, preparing } from "./duels.ts";
import { changedRules } from "./modes.ts";
import { expectEvent, Shard } from "./shard.ts";

type Propose = Extract<Command, { type: "matcher.propose" }>;

function waiting(mode: string, shard = Shard.started()): { shard: Shard; tickets: TicketId[] } {
  const tickets = ["ada", "bob"].map((name) => shard.enqueue(shard.connect(name), mode));
  return { shard, tickets };
}

test("[T24] a proposal that holds makes a match of exactly its tickets", () => {
  const { shard, tickets } = waiting("duel");
  const command = shard.proposeCommand([[tickets[0]], [tickets[1]]], "duel:bronze");
  const created = expectEvent(shard.apply(command), "match.created");
  assert.equal(created.state, "MATCHED");
  assert.deepEqual(
    created.players.map(({ player, team, rating }) => ({ player, team, rating })),
    [
      { player: "player_ada", team: 0, rating: 1200 },
      { player: "player_bob", team: 1, rating: 1200 },
    ],
  );
  assert.equal(shard.player("player_ada").match, command.match);
  assert.equal(shard.player("player_ada").ticket, null);
});

const unsound: Record<string, readonly [Partial<Propose>, string]> = {
  "of another term": [{ term: 1 }, "STALE_TERM"],
  "under other rules": [{ rulesVersion: 9 }, "STALE_RULES"],
  "for an unknown pool": [{ pool: "duel:gold" }, "QUEUE_NOT_FOUND"],
  "from an unknown secret epoch": [{ secretEpoch: 9 }, "INVALID_CONFIGURATION"],
  "whose cost is no number": [{ quality: { ...noQuality, costSecs: Number.NaN } }, "INVALID_CONFIGURATION"],
  "of a typed game without commitment": [{ commitment: null }, "INVALID_CONFIGURATION"],
  "with a commitment that is no hash": [{ commitment: "abc" }, "INVALID_CONFIGURATION"],
  "of nobody": [{ teams: [] }, "CONSTRAINTS_NOT_SATISFIED"],
  "with an empty team": [{ teams: [["ticket_1"], []] }, "CONSTRAINTS_NOT_SATISFIED"],
  "of all in one team": [{ teams: [["ticket_1", "ticket_2"]] }, "CONSTRAINTS_NOT_SATISFIED"],
  "with one ticket twice": [{ teams: [["ticket_1"], ["ticket_1"]] }, "TICKET_NOT_WAITING"],
  "with an unknown ticket": [{ teams: [["ticket_1"], ["ticket_9"]] }, "TICKET_NOT_WAITING"],
};

for (const [what, [change, code]] of Object.entries(unsound)) {
  test(`[T25] a proposal ${what} is refused whole`, () => {
    const { shard, tickets } = waiting("duel");
    const command = shard.proposeCommand([[tickets[0]], [tickets[1]]], "duel:bronze");
    shard.refuses({ ...command, ...change }, code);
    assert.deepEqual(shard.queue("duel:bronze"), tickets);
  });
}

test("[T25] a proposal for a mode that was removed or switched off is refused", () => {
  const { shard, tickets } = waiting("arena");
  const propose = () => shard.proposeCommand([[tickets[0]], [tickets[1]]], "arena");
  shard.apply({ type: "rules.configure", rules: changedRules({ arena: { enabled: false } }) });
  shard.refuses(propose(), "MODE_NOT_AVAILABLE");
  shard.apply({ type: "rules.configure", rules: changedRules({ arena: null }) });
  shard.refuses(propose(), "QUEUE_NOT_FOUND");
});

test("[T25] a match's id cannot be used again while it lives", () => {
  const { shard, match } = matched("arena");
  const tickets = ["cyd", "dan"].map((name) => shard.enqueue(shard.connect(name), "arena"));
  shard.refuses({ ...shard.proposeCommand([[tickets[0]], [tickets[1]]], "arena"), match }, "ID_REUSED");
});

test("[T26] a mode has no more live matches than its rules allow", () => {
  const shard = Shard.started(changedRules({ arena: { maxLiveMatches: 1 } }));
  const { match } = matched("arena", shard);
  const tickets = ["cyd", "dan"].map((name) => shard.enqueue(shard.connect(name), "arena"));
  const propose = () => shard.proposeCommand([[tickets[0]], [tickets[1]]], "arena");
  shard.refuses(propose(), "QUEUE_FULL");
  shard.apply({ type: "match.decline", match, player: "player_ada" });
  assert.equal(shard.apply(propose())[0].type, "match.created");
});

test("[T27] a ticket that is matched, away, hidden or in another pool is not there to be matched", () => {
  const { shard, tickets } = matched("arena");
  const free = shard.enqueue(shard.connect("cyd"), "arena");
  const away = shard.enqueue(shard.connect("dan"), "arena");
  shard.disconnect("player_dan");
  const elsewhere = shard.enqueue(shard.connect("eve"), "quick");
  for (const other of [tickets[0], away, elsewhere]) {
    shard.refuses(shard.proposeCommand([[free], [other]], "arena"), "TICKET_NOT_WAITING");
  }
});

test("[T27] a hidden ticket can be matched from the instant it is eligible", () => {
  const shard = Shard.started();
  const tickets = ["ada", "bob"].map((name) =>
    shard.enqueue(shard.connect(name), "hidden", { draw: name === "ada" ? 2 ** 31 : 0 }),
  );
  const propose = () => shard.proposeCommand([[tickets[0]], [tickets[1]]], "hidden");
  shard.wait(749);
  shard.refuses(propose(), "TICKET_NOT_WAITING");
  shard.wait(1);
  assert.equal(shard.apply(propose())[0].type, "match.created");
});

const rated = (rating: number) => ({
  records: [{ mode: "duel", rating, deviation: 0, volatility: 0, games: 1, wins: 0, meanWpm: 0 }],
});

test("[T28] both windows must hold the gap at the proposal's own position", () => {
  const shard = Shard.started();
  const old = shard.enqueue(shard.connect("ada"), "duel", rated(1_000));
  shard.wait(15_000);
  const young = shard.enqueue(shard.connect("bob"), "duel", rated(1_150));
  const propose = () => shard.proposeCommand([[old], [young]], "duel:bronze");
  shard.refuses(propose(), "CONSTRAINTS_NOT_SATISFIED");
  shard.wait(14_999);
  shard.refuses(propose(), "CONSTRAINTS_NOT_SATISFIED");
  shard.wait(1);
  assert.equal(shard.apply(propose())[0].type, "match.created");
});

test("[T28] the wishes of both must hold", () => {
  for (const wish of [{ opponentMin: 1_201 }, { opponentMax: 1_199 }]) {
    for (const picky of [0, 1]) {
      const shard = Shard.started();
      const tickets = ["ada", "bob"].map((name, index) =>
        shard.enqueue(
          shard.connect(name),
          "duel",
          index === picky ? { wishes: { ...wish, expandSearch: false } } : {},
        ),
      );
      const command = shard.proposeCommand([[tickets[0]], [tickets[1]]], "duel:bronze");
      shard.refuses(command, "CONSTRAINTS_NOT_SATISFIED");
    }
  }
});

test("[T28] who just met does not meet again at once", () => {
  const duel = active();
  const { shard, ada, bob } = duel;
  finish(duel, ada);
  const tickets = [ada, bob].map((player) => shard.enqueue(player, "duel"));
  shard.refuses(
    shard.proposeCommand([[tickets[0]], [tickets[1]]], "duel:bronze"),
    "CONSTRAINTS_NOT_SATISFIED",
  );
});

test("[T29] a mode without ready check makes a match that prepares at once", () => {
  const { shard, tickets } = waiting("quick");
  const events = shard.apply(shard.proposeCommand([[tickets[0]], [tickets[1]]], "quick"));
  assert.deepEqual(
    events.map(({ type }) => type),
    ["match.created", "match.preparing", "match.ready", "match.started"],
  );
});

test("[T30] a pool knows the mean wait of its matched tickets", () => {
  const shard = Shard.started();
  const early = shard.enqueue(shard.connect("ada"), "arena");
  shard.wait(4_000);
  const late = shard.enqueue(shard.connect("bob"), "arena");
  shard.wait(2_000);
  shard.propose([[early], [late]], "arena");
  assert.equal(shard.state.pools.get("arena")?.meanWaitMs, 4_000);
});

test("[T24] a ticket in several pools is played for the stake of the pool where it is matched", () => {
  const shard = Shard.started();
  const pools = [
    { mode: "duel", tier: "bronze" },
    { mode: "duel", tier: "gold" },
  ];
  const tickets = ["ada", "bob"].map((name) => shard.enqueue(shard.connect(name), "duel", { pools }));
  assert.equal(shard.player("player_ada").available, 695n);
  const match = shard.propose([[tickets[0]], [tickets[1]]], "duel:bronze");
  const duel = {
    shard,
    ada: "player_ada",
    bob: "player_bob",
    tickets: [tickets[0], tickets[1]],
    match,
  } as const;
  preparing(duel);
  done(duel, "escrow");
  assert.equal(shard.match(match).pot, 100n);
  assert.equal(shard.player("player_ada").available, 950n);
});
