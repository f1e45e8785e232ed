import assert from "node:assert/strict";
import { test } from "node:test";
import { type ModeRules, ownerOf, type PlayerId, poolKeyOf, stateHash } from "../../src/index.ts";
import { begun, crewOf, names, owned, paired, queueFor, report, rivals } from "./crews.ts";
import { changedRules, proxy } from "./modes.ts";
import { expectEvent, find, Shard, typesOf } from "./shard.ts";

const red = "crew_red";
const blue = "crew_blue";
const alphaOf = (shard: Shard) => ownerOf(shard.state, "proxy", "alpha");

test("[CR17] a ticket names one of its mode's territories, and is a crew's", () => {
  const { shard, red: reds } = rivals();
  const members = reds.members.slice(0, 3);
  const command = shard.enqueueCommand(reds.leader, "proxy", { crew: red, territory: "alpha", members });
  const { territory: _, ...nowhere } = command;
  shard.refuses(nowhere, "QUEUE_NOT_FOUND");
  shard.refuses({ ...command, territory: "omega" }, "QUEUE_NOT_FOUND");
  shard.refuses({ ...command, pools: [{ mode: "raid", tier: "bronze" }] }, "QUEUE_NOT_FOUND");
  const { crew: __, ...loose } = command;
  shard.refuses(loose, "INVALID_CREW_OPERATION");
  const { standings } = expectEvent(shard.apply(command), "ticket.queued");
  assert.equal(standings[0]?.territory, "alpha");
});

test("[CR18] each territory has pools of its own, which never meet", () => {
  assert.deepEqual(
    [poolKeyOf("proxy", null, "alpha"), poolKeyOf("proxy", "gold", "alpha"), poolKeyOf("duel", "gold")],
    ["proxy::alpha", "proxy:gold:alpha", "duel:gold"],
  );
  const { shard, red: reds, blue: blues } = rivals();
  const tickets = [[queueFor(reds, "alpha")], [queueFor(blues, "beta-3")]];
  assert.deepEqual(shard.queue("proxy:bronze:alpha"), tickets[0]);
  assert.deepEqual(shard.queue("proxy:bronze:beta-3"), tickets[1]);
  shard.refuses(shard.proposeCommand(tickets, "proxy:bronze:alpha"), "TICKET_NOT_WAITING");
});

test("[CR19] what somebody owns is not queued for", () => {
  const { shard, blue: blues } = owned();
  const members = blues.members.slice(0, 3);
  const change = { crew: blues.crew, territory: "alpha", members };
  shard.refuses(shard.enqueueCommand(blues.leader, "proxy", change), "INVALID_STATE");
  assert.ok(queueFor(blues, "beta-3"));
});

test("[CR20] with the result the winners' crew owns the territory", () => {
  const both = rivals();
  const { shard } = both;
  const match = begun(shard, paired(both));
  assert.deepEqual(shard.match(match).contest, { territory: "alpha", crews: [red, blue], isSiege: false });
  const events = report(shard, match, [2, 1]);
  assert.deepEqual(typesOf(events), ["match.resolved", "territory.taken"]);
  const taken = expectEvent(events, "territory.taken");
  assert.deepEqual(taken, {
    type: "territory.taken",
    match,
    mode: "proxy",
    territory: "alpha",
    crew: blue,
    from: null,
  });
  assert.equal(alphaOf(shard), blue);
});

test("[CR20] a forfeit of a whole side is a result too", () => {
  const both = rivals();
  const { shard } = both;
  const match = begun(shard, paired(both));
  for (const player of both.red.members.slice(0, 3)) shard.apply({ type: "match.abandon", match, player });
  assert.equal(alphaOf(shard), blue);
});

test("[CR20] a tie, a void and a cancellation change nothing", () => {
  const tie = rivals();
  const drawn = begun(tie.shard, paired(tie));
  assert.equal(find(report(tie.shard, drawn, [1, 1]), "territory.taken"), undefined);
  const closed = rivals();
  closed.shard.apply({ type: "match.close", match: begun(closed.shard, paired(closed)), reason: "test" });
  const declined = rivals();
  const match = paired(declined);
  declined.shard.apply({ type: "match.decline", match, player: declined.red.leader });
  for (const { shard } of [tie, closed, declined]) assert.equal(shard.state.territories.size, 0);
});

/** Red and blue are matched for alpha, and two others besides; a fifth crew waits. */
function crowded() {
  const both = rivals(Shard.started(changedRules({ proxy: { teams: [3, 3] } })));
  const { shard } = both;
  const [green, grey, gold] = ["green", "grey", "gold"].map((name) =>
    crewOf(
      ["a", "b", "c"].map((letter) => `${name}_${letter}`),
      shard,
      `crew_${name}`,
    ),
  );
  const first = paired(both);
  assert.ok(green && grey && gold);
  const second = paired({ red: green, blue: grey });
  return { ...both, green, grey, gold, first, second, waiting: queueFor(gold, "alpha") };
}

test("[CR21] whoever still wanted a territory that is taken is told, and blamed for nothing", () => {
  const { shard, first, second, waiting, green, gold } = crowded();
  begun(shard, first);
  const events = report(shard, first, [1, 2]);
  const ended = expectEvent(events, "ticket.ended");
  assert.deepEqual([ended.ticket, ended.reason], [waiting, "territory_taken"]);
  const cancelled = expectEvent(events, "match.cancelled");
  assert.deepEqual([cancelled.match, cancelled.reason, cancelled.offenders], [second, "territory_taken", []]);
  assert.ok(cancelled.fates.every((fate) => fate.ended === "territory_taken"));
  for (const player of [...green.members, ...gold.members]) {
    const { ticket, match, available } = shard.player(player);
    assert.deepEqual([ticket, match, available], [null, null, 1_000n]);
  }
});

test("[CR22] of two fights for nobody's ground the first result counts", () => {
  const { shard, first, second } = crowded();
  begun(shard, second);
  begun(shard, first);
  assert.equal(expectEvent(report(shard, second, [2, 1]), "territory.taken").crew, "crew_grey");
  const late = report(shard, first, [1, 2]);
  assert.equal(find(late, "territory.taken"), undefined);
  assert.equal(alphaOf(shard), "crew_grey");
  assert.ok(expectEvent(late, "match.resolved").result.winners.length === 3);
});

test("[CR23] what a crew that disbands owns is nobody's", () => {
  const { shard, red: reds, blue: blues } = owned();
  const events = shard.apply({ type: "crew.disband", crew: red, player: reds.leader });
  assert.deepEqual(typesOf(events), ["territory.freed", "crew.disbanded"]);
  assert.equal(alphaOf(shard), null);
  assert.ok(queueFor(blues, "alpha"));
});

test("[CR23] a crew that fights is not disbanded, nor left by its last member", () => {
  const both = rivals();
  const { shard } = both;
  begun(shard, paired(both));
  const { crew, leader, others } = both.red;
  shard.refuses({ type: "crew.disband", crew, player: leader }, "INVALID_STATE");
  for (const player of others) expectEvent(shard.apply({ type: "crew.leave", crew, player }), "crew.left");
  shard.refuses({ type: "crew.leave", crew, player: leader }, "INVALID_STATE");
});

test("[CR23] the last member of a crew that fights, a guest, is forgotten only after", () => {
  const shard = Shard.started(changedRules({ proxy: { durationMs: 700_000 } }));
  const guest: PlayerId = shard.connect("gus", { guest: true });
  const [bob, cyd] = ["bob", "cyd"].map((name) => shard.connect(name)) as [PlayerId, PlayerId];
  shard.apply({ type: "crew.create", crew: red, player: guest });
  for (const player of [bob, cyd]) {
    shard.apply({ type: "crew.invite", crew: red, player: guest, invited: player });
    shard.apply({ type: "crew.join", crew: red, player });
  }
  const blues = crewOf(names.slice(5, 9), shard, blue);
  const reds = { shard, crew: red, leader: guest, others: [bob, cyd], members: [guest, bob, cyd] } as const;
  const match = begun(shard, paired({ red: reds, blue: blues }));
  shard.apply({ type: "match.abandon", match, player: guest });
  for (const player of [bob, cyd]) shard.apply({ type: "crew.leave", crew: red, player });
  assert.deepEqual(shard.state.crews.get(red)?.members, [guest]);
  report(shard, match, [2, 1]);
  shard.disconnect(guest);
  shard.apply({ type: "archive.progress", cursor: shard.state.position });
  const events = shard.wait(600_000);
  assert.deepEqual(expectEvent(events, "crew.disbanded").players, [guest]);
  expectEvent(events, "player.evicted");
});

test("[CR24] rules without a territory end what waits for it, and its owner is remembered", () => {
  const { shard, blue: blues } = owned();
  const ticket = queueFor(blues, "beta-3");
  const rules = changedRules({ proxy: { territories: ["gamma"] } });
  const ended = expectEvent(shard.apply({ type: "rules.configure", rules }), "ticket.ended");
  assert.deepEqual([ended.ticket, ended.reason], [ticket, "mode_removed"]);
  assert.equal(alphaOf(shard), red);
});

test("[CR24] a mode that gets territories ends what waited for none", () => {
  const shard = Shard.started(changedRules({ proxy: { territories: [], siege: null } }));
  const { leader, members, crew } = crewOf(names.slice(0, 3), shard);
  shard.enqueue(leader, "proxy", { crew, members });
  const events = shard.apply({ type: "rules.configure", rules: changedRules({}) });
  assert.equal(expectEvent(events, "ticket.ended").reason, "mode_removed");
});

test("[CR36] a restored state knows who owns what, and who fights for it", () => {
  const both = owned();
  const { shard } = both;
  const match = begun(shard, paired(both, "beta-3"));
  const twin = Shard.started();
  twin.state = shard.copy();
  twin.at = shard.at;
  for (const one of [shard, twin]) report(one, match, [2, 1]);
  assert.equal(stateHash(twin.state), stateHash(shard.state));
  assert.deepEqual(
    [...twin.state.territories.values()].map(({ name, owner }) => [name, owner]),
    [
      ["alpha", red],
      ["beta-3", blue],
    ],
  );
});

const siege = proxy.siege as NonNullable<ModeRules["siege"]>;
const impossible: readonly Partial<ModeRules>[] = [
  { territories: [] },
  { siege: null },
  { territories: ["alpha", "alpha"] },
  { territories: ["al:pha"] },
  { territories: [""] },
  { territories: Array.from({ length: 101 }, (_, place) => `t${place}`) },
  { search: { ...proxy.search, sideDifferenceMax: undefined }, sizeDifferenceMax: 2, stakePer: "player" },
  { round: { playersMin: 2, playersMax: 8, registrationMs: 1_000, extensionMs: 0 }, stakePer: "player" },
  { teams: [2, 2] },
  { teams: [{ min: 9, max: 12 }, 4] },
  { partySizeMax: 2 },
  { siege: { ...siege, gatherMs: 0 } },
  { siege: { ...siege, membersMin: 0 } },
  { siege: { ...siege, membersMin: 6 } },
  { siege: { ...siege, membersMax: 9 } },
  { siege: { ...siege, membersMax: 4.5 } },
  { siege: { ...siege, sideDifferenceMax: -1 } },
  { siege: { ...siege, sideDifferenceMax: Number.NaN } },
];
for (const change of impossible) {
  test(`[CR37] ${JSON.stringify(change).slice(0, 60)} is refused`, () => {
    const rules = changedRules({ proxy: change });
    Shard.started().refuses({ type: "rules.configure", rules }, "INVALID_CONFIGURATION");
  });
}
