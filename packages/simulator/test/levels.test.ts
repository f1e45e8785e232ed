import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryLogStore } from "@matchforge/stores";
import { createSecretDice, EngineNode, ledgerChain } from "matchforge";
import { NodeClock } from "../src/time/node-clock.ts";
import { VirtualTime } from "../src/time/virtual-time.ts";
import { worldRules } from "../src/world/world-rules.ts";

/** Coordinators of different builds over one log in virtual time. */
function shard() {
  const time = new VirtualTime();
  const store = new MemoryLogStore({ now: () => 1_000 + time.now });
  const start = (name: string, levels: readonly number[], isServed = true) => {
    const clock = new NodeClock({ time, rate: 1, skewMs: 0 });
    const fatal: unknown[] = [];
    const engine = new EngineNode({
      log: store.connect(),
      name,
      boot: "1",
      clock,
      dice: createSecretDice("5eed".repeat(16)),
      chain: ledgerChain,
      rules: worldRules({ version: "first", isServed }),
      report: () => {},
      onFatal: (error) => fatal.push(error),
      shared: true,
      levels,
    });
    void engine.start();
    return { clock, engine, fatal };
  };
  const pass = (ms: number) => {
    const until = time.now + ms;
    return time.run(() => time.now > until);
  };
  return { start, pass };
}

test("[X6] the level waits for the last of the old builds", async () => {
  const { start, pass } = shard();
  start("a", [1]);
  const young = start("b", [1, 2]);
  await pass(10_000);
  assert.equal(young.engine.state.level, 1);
});

test("[X6] an old build that was cut off when the level rose ends", async () => {
  const { start, pass } = shard();
  const old = start("a", [1]);
  const young = start("b", [1, 2]);
  await pass(3_000);
  old.clock.pause(10_000);
  await pass(20_000);
  assert.equal(young.engine.state.level, 2);
  assert.deepEqual(
    old.fatal.map((error) => (error as { code?: string }).code),
    ["LEVEL_NOT_SUPPORTED"],
  );
});

test("[X30] games that need the newest level are offered when the last of the older builds is gone", async () => {
  const { start, pass } = shard();
  const old = start("a", [1, 2], false);
  await pass(1_000);
  const young = start("b", [1, 2, 3]);
  await pass(10_000);
  const offered = () => [...(young.engine.state.rules.get(young.engine.state.rulesVersion)?.modes ?? [])];
  assert.equal(young.engine.state.level, 2);
  assert.deepEqual(
    offered().filter(({ requires }) => requires.includes("server")),
    [],
  );
  void old.engine.stop();
  await pass(10_000);
  assert.equal(young.engine.state.level, 3);
  assert.ok(offered().some(({ id }) => id === "hosted"));
});
