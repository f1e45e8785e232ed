import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlayerId } from "../../src/index.ts";
import { begun, besieged, crewOf, declareCommand, founded, names, owned, report, rivals } from "./crews.ts";
import { changedRules, proxy } from "./modes.ts";
import { expectEvent, Shard } from "./shard.ts";
import { blue, red } from "./siege-sides.ts";

test("[CR25] a siege forms between the crew that declares it and the owner, and binds nobody", () => {
  const { shard, match, declared, blue: blues } = besieged();
  const created = expectEvent(declared, "match.created");
  assert.deepEqual(created.contest, { territory: "alpha", crews: [blue, red], isSiege: true });
  assert.deepEqual(
    [created.state, created.deadline, created.players, created.stake],
    ["FORMING", shard.state.time + 300_000, [], 602n],
  );
  assert.equal(shard.player(blues.leader).match, null);
  assert.deepEqual(founded(shard, red).contests, [match]);
  assert.deepEqual(founded(shard, blue).contests, [match]);
});

test("[CR25] a repeated declaration is carried out once", () => {
  const { shard, blue: blues } = owned();
  const declare = declareCommand(blues, { origin: { key: "client:1", bodyHash: 3 } });
  expectEvent(shard.apply(declare), "match.created");
  shard.refuses(declare, "REPEATED");
});

test("[CR26] who may not declare a siege is told why", () => {
  const { shard, red: reds, blue: blues } = owned();
  const small = crewOf(["kim", "lea"], shard, "crew_small");
  const declare = declareCommand(blues);
  shard.refuses({ ...declare, player: "player_none" }, "PLAYER_NOT_FOUND");
  shard.refuses({ ...declare, crew: "crew_none" }, "CREW_NOT_FOUND");
  shard.refuses({ ...declare, player: blues.others[0] as PlayerId }, "INVALID_CREW_OPERATION");
  shard.refuses(declareCommand(small), "INVALID_CREW_OPERATION");
  shard.refuses(declareCommand(reds), "INVALID_CREW_OPERATION");
  shard.refuses({ ...declare, territory: "beta-3" }, "INVALID_STATE");
  for (const change of [
    { mode: "chess" },
    { mode: "raid" },
    { territory: "omega" },
    { tier: null },
    { tier: "tin" },
  ])
    shard.refuses({ ...declare, ...change }, "QUEUE_NOT_FOUND");
  shard.refuses({ ...declare, secretEpoch: 9 }, "INVALID_CONFIGURATION");
  shard.refuses({ ...declare, commitment: "a".repeat(64) }, "INVALID_CONFIGURATION");
  shard.disconnect(blues.leader);
  shard.refuses(declare, "PLAYER_NOT_FOUND");
});

test("[CR26] a territory is besieged once at a time, and a crew besieges one at a time", () => {
  const both = owned();
  const { shard } = both;
  const green = crewOf(names.slice(9, 12), shard, "crew_green");
  const tickets = [both.red, green].map(({ crew, leader, members }) => [
    shard.enqueue(leader, "proxy", { crew, territory: "beta-3", members: members.slice(0, 3) }),
  ]);
  report(shard, begun(shard, shard.propose(tickets, "proxy:bronze:beta-3")), [1, 2]);
  shard.apply(declareCommand(both.blue));
  shard.refuses(declareCommand(both.blue), "INVALID_STATE");
  const again = { match: "match_again" } as const;
  shard.refuses(declareCommand(green, again), "INVALID_STATE");
  shard.refuses(declareCommand(both.blue, { ...again, territory: "beta-3" }), "INVALID_STATE");
  shard.refuses(declareCommand(green, { match: "match_siege", territory: "beta-3" }), "ID_REUSED");
  expectEvent(shard.apply(declareCommand(green, { ...again, territory: "beta-3" })), "match.created");
});

test("[CR26] rules under which no match is made make no siege either", () => {
  const { shard, blue: blues } = owned();
  shard.apply({ type: "rules.configure", rules: changedRules({ proxy: { available: false } }) });
  shard.refuses(declareCommand(blues), "MODE_NOT_AVAILABLE");
  shard.apply({ type: "rules.configure", rules: changedRules({ proxy: { maxLiveMatches: 0 } }) });
  shard.refuses(declareCommand(blues), "QUEUE_FULL");
  const maps = { proxy: { maps: ["mill"] } };
  shard.apply({ type: "rules.configure", rules: changedRules(maps) });
  shard.refuses(declareCommand(blues), "INVALID_CONFIGURATION");
  const created = expectEvent(shard.apply(declareCommand(blues, { map: "mill" })), "match.created");
  assert.equal(created.map, "mill");
});

test("[CR25] a mode that stakes for each player locks the stake itself", () => {
  const shard = Shard.started(
    changedRules({ proxy: { ...proxy, stakePer: "player", stakes: [{ tier: "bronze", stake: "7" }] } }),
  );
  const { match } = besieged({ blue: 3, red: 4 }, shard);
  shard.wait(300_000);
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  assert.equal(shard.match(match).pot, 49n);
  assert.equal(rivals().shard.state.territories.size, 0);
});
