import assert from "node:assert/strict";
import { test } from "node:test";
import { expectEvent, Shard } from "./shard.ts";
import { squad, squadOf, tickets } from "./squads.ts";

const reachable = [
  { region: "eu", latencyMs: 30 },
  { region: "us", latencyMs: 120 },
];

test("[T33] a match is played where the longest way is the shortest", () => {
  const shard = Shard.started();
  const [a, b] = tickets(shard, "squad", [["ada"], ["bob"]], { latencies: reachable });
  const far = {
    latencies: [
      { region: "us", latencyMs: 20 },
      { region: "eu", latencyMs: 70 },
    ],
  };
  const [c, d] = tickets(shard, "squad", [["cyd"], ["dan"]], far);
  const created = expectEvent(shard.apply(squadOf(shard, [a, b, c, d])), "match.created");
  assert.equal(created.region, "eu");
  assert.equal(shard.match(created.match).region, "eu");
});

test("[T33] ceilings widen with the wait, and who cannot reach a common region does not meet", () => {
  const shard = Shard.started();
  const [a, b] = tickets(shard, "squad", [["ada"], ["bob"]], { latencies: reachable });
  const only = { latencies: [{ region: "us", latencyMs: 20 }] };
  const [c, d] = tickets(shard, "squad", [["cyd"], ["dan"]], only);
  shard.refuses(squadOf(shard, [a, b, c, d]), "CONSTRAINTS_NOT_SATISFIED");
  shard.wait(10_000);
  const created = expectEvent(shard.apply(squadOf(shard, [a, b, c, d])), "match.created");
  assert.equal(created.region, "us");
});

test("[T33] regions in common by twos are not enough: all must share one", () => {
  const shard = Shard.started();
  const at = (...names: readonly string[]) => ({
    latencies: names.map((region) => ({ region, latencyMs: 10 })),
  });
  const [a] = tickets(shard, "squad", [["ada"]], at("eu", "us"));
  const [b] = tickets(shard, "squad", [["bob"]], at("eu", "us"));
  const [c] = tickets(shard, "squad", [["cyd"]], at("eu"));
  const [d] = tickets(shard, "squad", [["dan"]], at("us"));
  shard.refuses(squadOf(shard, [a, b, c, d]), "CONSTRAINTS_NOT_SATISFIED");
});

test("[T33] where somebody will not play nobody of the match does, unless they search everywhere", () => {
  const shard = Shard.started();
  const [a, b] = tickets(shard, "squad", [["ada"], ["bob"]], { regions: ["eu"], expandSearch: false });
  const [c, d] = tickets(shard, "squad", [["cyd"], ["dan"]], { regions: ["us"], expandSearch: false });
  shard.refuses(squadOf(shard, [a, b, c, d]), "CONSTRAINTS_NOT_SATISFIED");
});

test("[T36] a match is played on one of its mode's maps", () => {
  for (const map of ["nowhere", null]) {
    const { shard, command } = squad({ map });
    shard.refuses(command, "INVALID_CONFIGURATION");
  }
  const { shard, command } = squad();
  assert.equal(expectEvent(shard.apply(command), "match.created").map, "mill");
});
