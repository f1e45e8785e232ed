import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeKey } from "@matchforge/core";
import { Replica } from "matchforge";
import { compareRelays } from "../../src/shard/compare-relays.ts";

/** A node of a shard in which others come up, and what it reports. */
function watched(own: string | null) {
  const replica = new Replica();
  const reports: string[] = [];
  const node = {
    key: "a/1" as NodeKey,
    replica,
    get state() {
      return replica.state;
    },
  };
  const up = (key: NodeKey, address: string | null) => {
    const position = replica.position + 1;
    replica.apply({ position, at: 1_000, node: key, command: { type: "node.up", levels: [1], address } });
  };
  up("a/1", own);
  compareRelays(node, { address: own, report: ({ code, detail }) => reports.push(`${code} ${detail}`) });
  return { up, reports };
}

test("[H41] a node whose live frames travel another way is told of, once", () => {
  const { up, reports } = watched(null);
  up("b/1", null);
  assert.deepEqual(reports, []);
  up("c/1", "10.0.0.3:7000");
  up("d/1", null);
  assert.equal(reports.length, 1);
  assert.match(
    reports[0] ?? "",
    /^RELAY_DIFFERS c\/1 sends live frames directly, this node through Redis: .*the same relay/,
  );
});

test("[H41] whoever sends directly tells of those who send through Redis", () => {
  const { up, reports } = watched("10.0.0.1:7000");
  up("b/1", "10.0.0.2:7000");
  up("c/1", null);
  assert.match(reports.join(), /^RELAY_DIFFERS c\/1 sends live frames through Redis, this node directly/);
});
