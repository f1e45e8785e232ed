import assert from "node:assert/strict";
import { test } from "node:test";
import { type AdminRequest, defineMode, defineRules } from "@matchforge/core";
import { Cluster, type TestNode } from "./cluster.ts";

const uploaded = defineRules({ modes: [defineMode({ id: "uploaded" })] });

/** A shard whose rules an operator has uploaded. */
async function withUpload(...names: string[]): Promise<{ cluster: Cluster; nodes: TestNode[] }> {
  const cluster = new Cluster();
  const nodes: TestNode[] = [];
  for (const name of names) nodes.push(await cluster.start({ name }));
  await act(cluster, nodes[0] as TestNode, { type: "rules.configure", rules: uploaded });
  return { cluster, nodes };
}

async function act(cluster: Cluster, node: TestNode, request: AdminRequest): Promise<void> {
  await cluster.submit(node, { type: "admin.act", actor: "player_root", reason: "test", request });
}

function modesOf({ engine: { state } }: TestNode): string[] | undefined {
  return state.rules.get(state.rulesVersion)?.modes.map(({ id }) => id);
}

test("[AD7] uploaded rules hold when another node leads that brings its own", async () => {
  const { cluster, nodes } = await withUpload("a", "b");
  const [first, second] = nodes as [TestNode, TestNode];
  await cluster.until(first.engine.stop());
  await cluster.pass(5_000);
  assert.equal(second.engine.leads, true);
  assert.deepEqual(modesOf(second), ["uploaded"]);
});

test("[AD7] they hold after everything was started anew, and each node says that its own differ", async () => {
  const { cluster, nodes } = await withUpload("a");
  await cluster.until((nodes[0] as TestNode).engine.stop());
  const again = await cluster.start({ name: "a", boot: "2" });
  await cluster.pass(3_000);
  assert.deepEqual([again.engine.leads, modesOf(again)], [true, ["uploaded"]]);
  assert.match(again.problems.join(), /^RULES_DIFFER .*player_root has uploaded.*an operator adopts/);
});

test("[AD9] once they are adopted again the leader brings its own", async () => {
  const { cluster, nodes } = await withUpload("a");
  const node = nodes[0] as TestNode;
  await cluster.pass(3_000);
  const before = modesOf(node);
  await act(cluster, node, { type: "rules.adopt" });
  await cluster.pass(3_000);
  assert.deepEqual(before, ["uploaded"]);
  assert.notDeepEqual(modesOf(node), before);
});

test("[AD1] every command of an operator leaves its line in the archive, refused ones too", async () => {
  const { cluster, nodes } = await withUpload("a");
  await act(cluster, nodes[0] as TestNode, { type: "match.close", match: "match_none" });
  await cluster.pass(2_000);
  const lines = await cluster.archive.audit({ limit: 9 });
  assert.deepEqual(
    lines.map(({ action, object, outcome, actor, reason }) => [action, object, outcome, actor, reason]),
    [
      ["match.close", "match_none", "MATCH_NOT_FOUND", "player_root", "test"],
      ["rules.configure", "rules", "done", "player_root", "test"],
    ],
  );
});
