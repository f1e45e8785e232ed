import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Command,
  createPlugins,
  createState,
  defaultRating,
  type RatingSystem,
} from "../../src/index.ts";
import { matched } from "./duels.ts";
import { changedRules } from "./modes.ts";
import { expectEvent, find, Shard, typesOf } from "./shard.ts";

const dispatch = (duel: ReturnType<typeof matched>, server = "eu-1"): Command => ({
  type: "match.dispatch",
  match: duel.match,
  server,
});

test("[M33] a match waits until it is sent to a server, then its countdown runs", () => {
  const duel = matched("staged");
  const { shard, match } = duel;
  shard.wait(59_000);
  assert.equal(shard.stateOf(match), "READY");
  expectEvent(shard.apply(dispatch(duel)), "match.dispatched");
  assert.equal(shard.match(match).server, "eu-1");
  shard.refuses(dispatch(duel), "INVALID_STATE");
  assert.equal(find(shard.wait(500), "match.started"), undefined);
  assert.ok(find(shard.wait(500), "match.started"));
});

test("[M33] a match that is not sent in time is cancelled and blames nobody", () => {
  const { shard, match, tickets } = matched("staged");
  const cancelled = expectEvent(shard.wait(60_000), "match.cancelled");
  assert.deepEqual([cancelled.match, cancelled.reason, cancelled.offenders], [match, "not_dispatched", []]);
  assert.deepEqual(shard.queue("staged"), tickets);
});

test("[M33] other matches are sent nowhere", () => {
  const duel = matched("quick");
  duel.shard.refuses(dispatch(duel), "INVALID_STATE");
  duel.shard.refuses({ type: "match.dispatch", match: "match_none", server: "x" }, "MATCH_NOT_FOUND");
});

test("[M33] a server's name is no longer than a ticket's own data may be", () => {
  const duel = matched("staged");
  duel.shard.refuses(dispatch(duel, "x".repeat(2_049)), "INVALID_CONFIGURATION");
});

test("[M34] closed before play, a match is cancelled and its tickets end", () => {
  for (const mode of ["duel", "staged"]) {
    const { shard, match, ada } = matched(mode);
    const cancelled = expectEvent(
      shard.apply({ type: "match.close", match, reason: "x" }),
      "match.cancelled",
    );
    assert.deepEqual(
      cancelled.fates.map(({ ended }) => ended),
      ["closed", "closed"],
    );
    assert.deepEqual(cancelled.offenders, []);
    assert.ok(shard.enqueue(ada, "arena"));
  }
});

test("[M34] closed in play, a match is void", () => {
  const { shard, match } = matched("quick");
  const voided = expectEvent(
    shard.apply({ type: "match.close", match, reason: "maintenance" }),
    "match.voided",
  );
  assert.equal(voided.reason, "closed: maintenance");
});

/** Three play, each for themselves; returns what happens when one gives up. */
function threeSome() {
  const shard = Shard.started(changedRules({ quick: { teams: [1, 1, 1] } }));
  const players = ["ada", "bob", "cyd"].map((name) => shard.connect(name));
  const tickets = players.map((player) => [shard.enqueue(player, "quick")]);
  const match = shard.propose(tickets, "quick");
  return {
    shard,
    players,
    match,
    giveUp: (index: number) => shard.apply({ type: "match.abandon", match, player: players[index] }),
  };
}

test("[M32] the others play on when one of three gives up, and the last who plays wins", () => {
  const { shard, players, match, giveUp } = threeSome();
  assert.deepEqual(typesOf(giveUp(0)), ["match.forfeited"]);
  assert.equal(shard.stateOf(match), "ACTIVE");
  const { result } = expectEvent(giveUp(1), "match.resolved");
  assert.deepEqual([result.endReason, result.winners], ["forfeit", [players[2]]]);
});

test("[M32] a report that puts somebody first who gave up does not take the win from those who played on", () => {
  const { shard, players, match, giveUp } = threeSome();
  giveUp(0);
  const { result } = expectEvent(
    shard.apply({ type: "match.report", match, ranks: [1, 2, 3] }),
    "match.resolved",
  );
  assert.deepEqual(result.winners, [players[1]]);
  assert.deepEqual(
    result.players.map(({ outcome }) => outcome),
    ["loss", "win", "loss"],
  );
});

test("[M32] who gave up does not win with their team", () => {
  const shard = Shard.started(changedRules({ quick: { teams: [2, 2] } }));
  const players = ["ada", "bob", "cyd", "dan"].map((name) => shard.connect(name));
  const [a, b, c, d] = players.map((player) => shard.enqueue(player, "quick"));
  const match = shard.propose(
    [
      [a, b],
      [c, d],
    ],
    "quick",
  );
  assert.equal(shard.state.pools.get("quick")?.matchCount, 1);
  assert.deepEqual(typesOf(shard.apply({ type: "match.abandon", match, player: players[0] })), [
    "match.forfeited",
  ]);
  const { result } = expectEvent(
    shard.apply({ type: "match.report", match, ranks: [1, 2] }),
    "match.resolved",
  );
  assert.deepEqual(result.winners, [players[1]]);
  assert.deepEqual(
    result.players.map(({ outcome }) => outcome),
    ["loss", "win", "loss", "loss"],
  );
});

const broken: Record<string, Partial<RatingSystem>> = {
  "throws when it predicts": { predict: () => assert.fail("no idea") },
  "predicts what is no number": { predict: () => [Number.NaN, 1] },
  "throws when it rates": { rate: () => assert.fail("no idea") },
  "rates with what is no number": {
    rate: (teams) =>
      teams.map(({ ratings }) => ratings.map((one) => ({ ...one, rating: Number.POSITIVE_INFINITY }))),
  },
  "forgets a player": { rate: (teams) => teams.map(() => []) },
};

const steady: RatingSystem = {
  initial: () => defaultRating,
  rate: (teams) => teams.map(({ ratings }) => [...ratings]),
  predict: (teams) => teams.map(() => 1 / teams.length),
};

for (const [what, part] of Object.entries(broken)) {
  test(`[M35] a rating system that ${what} moves nothing, and that is told`, () => {
    const plugins = createPlugins({ ratings: { own: { ...steady, ...part } } });
    const rules = changedRules({ quick: { rating: { system: "custom", name: "own" } } });
    const shard = Shard.started(rules, createState(plugins));
    const { ada, match } = matched("quick", shard);
    const events = shard.apply({ type: "match.report", match, ranks: [1, 2] });
    expectEvent(events, "match.resolved");
    assert.equal(shard.player(ada).records[0].rating, 1_500);
    assert.equal(shard.player(ada).records[0].wins, 1);
    const faults = shard.happened.filter((event) => event.type === "violation");
    assert.deepEqual(
      faults.map((event) => event.type === "violation" && event.code),
      ["PLUGIN_FAILED"],
    );
  });
}

test("[M35] a system whose newcomer has no rating is not brought along", () => {
  const initial = () => ({ ...defaultRating, rating: Number.NaN });
  assert.throws(() => createPlugins({ ratings: { own: { ...steady, initial } } }), RangeError);
});

test("[M35] a party rating that fails leaves the mean", () => {
  const plugins = createPlugins({ partyRatings: { own: () => assert.fail("no idea") } });
  const rules = changedRules({
    arena: {
      teams: [2, 2],
      partyRating: { strategy: "custom", name: "own" },
      rating: { system: "elo", initial: 1_200, k: 32, rounding: "none" },
    },
  });
  const shard = Shard.started(rules, createState(plugins));
  const members = ["ada", "bob"].map((name) => shard.connect(name));
  const events = shard.apply(shard.enqueueCommand(members[0], "arena", { members }));
  assert.equal(expectEvent(events, "ticket.queued").standings[0].rating, 1_200);
  assert.equal(expectEvent(events, "violation").code, "PLUGIN_FAILED");
});

test("[M36] rules that name what was not brought along are refused", () => {
  const shard = Shard.started();
  for (const change of [
    { rating: { system: "custom", name: "own" } },
    { partyRating: { strategy: "custom", name: "own" } },
    { matcher: "own" },
    { teamAssigner: "own" },
  ] as const) {
    shard.refuses(
      { type: "rules.configure", rules: changedRules({ quick: change }) },
      "INVALID_CONFIGURATION",
    );
  }
});
