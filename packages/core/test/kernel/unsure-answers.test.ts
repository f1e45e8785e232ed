import assert from "node:assert/strict";
import { test } from "node:test";
import { type KernelEvent, type NodeKey, supportedLevels } from "../../src/index.ts";
import { askedKey, register, type Served, served, servedShard } from "./served.ts";
import { expectEvent, type Shard } from "./shard.ts";

/** A match that asks for a server, in a shard of two nodes of which the first leads. */
function asking(): Served & { readonly other: NodeKey } {
  const shard = servedShard();
  const other: NodeKey = "beta/1";
  shard.apply({ type: "node.up", levels: supportedLevels }, other);
  register(shard, "one");
  return { ...served("direct", { shard }), other };
}

const answers: Readonly<Record<string, (game: Served, shard: Shard, node: NodeKey) => KernelEvent[]>> = {
  "a server that was chosen": (game, shard, node) =>
    shard.apply({ type: "server.choose", key: askedKey(game), allocator: "registry", isUnsure: false }, node),
  "a server that was lent": (game, shard, node) =>
    shard.apply(
      {
        type: "server.lent",
        key: askedKey(game),
        allocator: "http",
        name: "vm-1",
        address: "198.51.100.1:9000",
        region: null,
        isUnsure: false,
      },
      node,
    ),
  "no server": (game, shard, node) =>
    shard.apply({ type: "effect.failed", key: askedKey(game), reason: "full", isUnsure: false }, node),
};

for (const [what, answer] of Object.entries(answers)) {
  test(`[GS10] ${what}, by a node that does not lead any more, leaves what others may hold to be released`, () => {
    for (const leads of [true, false]) {
      const game = asking();
      const { shard, match, other } = game;
      const type = what === "no server" ? "match.unallocated" : "match.allocated";
      const { release } = expectEvent(answer(game, shard, leads ? shard.node : other), type);
      assert.equal(release?.matchId, leads ? undefined : match);
      const owed = [...shard.state.effects.keys()].filter((key) => key.startsWith("release:"));
      assert.equal(owed.length, leads ? 0 : 1);
    }
  });
}
