import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { Command, KernelEvent, PlayerId, Rules, State } from "@matchforge/core";
import { parseRules } from "../../src/index.ts";
import { startEmbeddedShard } from "../../src/shard/embedded-shard.ts";
import type { RunningShard } from "../../src/shard/running-shard.ts";

/** The secret all shards of these tests are started with. */
export const shardSecret = "5a".repeat(32);

const parsed = parseRules(
  `[[modes]]\nid = "quick"\ngame = "typing_duel"\ncountdown = 0\nduration = 60\n[modes.search]\nwidening = [{ after = 0, gap = "any" }]\n`,
  "rules.toml",
);
assert.ok(parsed.ok);
/** One mode, whose matches begin at once. */
export const rules: Rules = parsed.rules;

/** A shard in a folder; whatever makes it give up fails the test. */
export function startShard(dataDir: string): Promise<RunningShard> {
  return startEmbeddedShard({ dataDir, shardSecret, rules, report: () => {}, onFatal: failed });
}

function failed(error: unknown): never {
  throw error;
}

/** Submits a command that must be carried out, and answers its events. */
export async function done({ node }: RunningShard, command: Command): Promise<readonly KernelEvent[]> {
  const outcome = await node.submit(command);
  assert.ok(outcome.ok, inspect(outcome));
  assert.ok(
    outcome.events.every(({ type }) => type !== "refused"),
    inspect(outcome.events),
  );
  return outcome.events;
}

export async function connect(shard: RunningShard, player: PlayerId): Promise<void> {
  await done(shard, { type: "player.connected", player, node: shard.node.key, guest: true });
}

/** Resolves once the state is as asked for; looked at after every entry. */
export function reaches({ node }: RunningShard, isSo: (state: State) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isSo(node.state)) resolve();
    };
    node.replica.onApplied(look);
    look();
  });
}
