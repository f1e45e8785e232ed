import assert from "node:assert/strict";
import { test } from "node:test";
import type { MatcherPropose, PlayerId } from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import { verifyMatch } from "../src/index.ts";
import { Cluster, type TestNode } from "./cluster.ts";

/** Many of different ratings queue in quick succession, and are matched as they come. */
async function crowd(
  cluster: Cluster,
  node: TestNode,
  { mode, count, burst = 9 }: { mode: string; count: number; burst?: number },
) {
  for (let id = 0; id < count; id += 1) {
    const player: PlayerId = `player_${mode}${id}`;
    const rating = 1_200 + ((id * 7_919) % 600);
    const record = { mode, rating, deviation: 90, volatility: 0.06, games: 5, wins: 2, meanWpm: 0 };
    void node.engine.submit({
      type: "player.connected",
      player,
      node: node.engine.key,
      guest: true,
      records: [record],
    });
    void node.engine.submit({
      type: "ticket.enqueue",
      ticket: `ticket_${mode}${id}`,
      player,
      members: [player],
      party: null,
      pools: [{ mode, tier: null }],
      wishes: mode === "squad" ? { roles: [[["tank"], ["healer"], []][id % 3]] } : {},
      draw: (id * 104_729) % 2 ** 32,
      secretEpoch: [...node.engine.state.secretEpochs.keys()].at(-1) ?? 0,
    });
    if (id % burst === burst - 1) await cluster.pass(100);
  }
  await cluster.pass(3_000);
}

/** The proposals of a log that were accepted, with their positions. */
async function proposals(log: Log): Promise<{ position: number; command: MatcherPropose }[]> {
  const batches = await log.read({ from: 1, limit: 100_000 });
  return batches.flatMap(({ first, commands }) =>
    (JSON.parse(commands) as MatcherPropose[]).flatMap((command, place) =>
      command.type === "matcher.propose" ? [{ position: first + place, command }] : [],
    ),
  );
}

for (const mode of ["ranked", "squad"]) {
  test(`[E16] every match of ${mode} is formed again from the log`, async () => {
    const cluster = new Cluster();
    const node = await cluster.start();
    await crowd(cluster, node, { mode, count: 90 });
    const log = cluster.store.connect();
    const made = await proposals(log);
    assert.ok(made.length >= 15, `${made.length} matches`);
    for (const { position, command } of made) {
      const verification = await verifyMatch({ log, position });
      assert.ok(verification.ok, verification.ok ? "" : `${command.match}: ${verification.detail}`);
      assert.deepEqual(verification.proposal, command);
    }
  });
}

test("[E16] matches of one wave over a whole pool are formed again, each", async () => {
  const cluster = new Cluster();
  const node = await cluster.start();
  await crowd(cluster, node, { mode: "ranked", count: 100, burst: 100 });
  const log = cluster.store.connect();
  const made = await proposals(log);
  assert.ok(
    made.some(({ command }) => command.quality.basis.wave === "pool" && command.quality.basis.place > 9),
  );
  for (const { position } of made) assert.equal((await verifyMatch({ log, position })).ok, true);
});

/** A log in which one command reads differently. */
function forged(log: Log, position: number, change: (command: MatcherPropose) => MatcherPropose): Log {
  return {
    read: async (options: { from: number; limit: number }) =>
      (await log.read(options)).map((batch) => {
        if (position < batch.first || position >= batch.first + batch.count) return batch;
        const commands = JSON.parse(batch.commands) as MatcherPropose[];
        commands[position - batch.first] = change(commands[position - batch.first]);
        return { ...batch, commands: JSON.stringify(commands) };
      }),
    readSnapshot: (options: { atMost?: number }) => log.readSnapshot(options),
  } as Log;
}

test("[E16] what a matcher did not form, or claims wrongly, is found", async () => {
  const cluster = new Cluster();
  const node = await cluster.start();
  await crowd(cluster, node, { mode: "ranked", count: 30 });
  const log = cluster.store.connect();
  const [{ position, command }, other] = await proposals(log);
  const claims: Record<string, (one: MatcherPropose) => MatcherPropose> = {
    "other partner": (one) => ({ ...one, teams: [one.teams[0], other.command.teams[1]] }),
    "other cost": (one) => ({ ...one, quality: { ...one.quality, costSecs: one.quality.costSecs + 1 } }),
    "other terms": (one) => ({
      ...one,
      quality: { ...one.quality, costs: [...one.quality.costs, { term: "custom", secs: 0 }] },
    }),
    "other count": (one) => ({ ...one, quality: { ...one.quality, considered: one.quality.considered + 1 } }),
    "other reasons": (one) => ({
      ...one,
      quality: { ...one.quality, rejected: [{ reason: "blocked", count: 1 }] },
    }),
    "other roles": (one) => ({ ...one, roles: [["tank"], ["tank"]] }),
    "other gap": (one) => ({ ...one, quality: { ...one.quality, ratingGap: one.quality.ratingGap + 1 } }),
  };
  for (const [what, change] of Object.entries(claims)) {
    const verification = await verifyMatch({ log: forged(log, position, change), position });
    assert.deepEqual([verification.ok, !verification.ok && verification.reason], [false, "differs"], what);
  }
  const nothing = await verifyMatch({ log, position: position + 1_000_000 });
  assert.equal(!nothing.ok && nothing.reason, "not_found");
  assert.equal(command.type, "matcher.propose");
});
