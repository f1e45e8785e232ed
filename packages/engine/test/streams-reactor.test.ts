import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import type { Sink, StreamRecord } from "@matchforge/stores";
import { JsonLinesSink } from "@matchforge/stores";
import { engineLimits } from "../src/index.ts";
import { Cluster } from "./cluster.ts";
import { follow, playDuel, recordsIn } from "./streams-rig.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "matchforge-streams-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, "sink", "events.jsonl");
const fileSink = () => new JsonLinesSink({ path: path(), fileBytesMax: 1_000_000_000 });

function written(): StreamRecord[] {
  if (!existsSync(path())) return [];
  const lines = readFileSync(path(), "utf8").split("\n");
  return lines.slice(0, -1).map((line) => JSON.parse(line));
}

/** Lets time pass until all that is stored has been written. */
async function untilWritten(cluster: Cluster): Promise<void> {
  await untilHolds(cluster, async () => {
    const [last, own] = [(await recordsIn(cluster)).at(-1), written().at(-1)];
    return last !== undefined && last.cursor === own?.cursor;
  });
}

/** Lets time pass until something holds: files take a time of their own. */
async function untilHolds(cluster: Cluster, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) {
    if (await holds()) return;
    await cluster.pass(100);
  }
  throw new Error("it has not come about");
}

test("[SK30] the leader writes what happens, and whoever leads next goes on where it ended", async () => {
  mkdirSync(join(folder, "sink"));
  const cluster = new Cluster();
  const first = await cluster.start({ name: "a" });
  const second = await cluster.start({ name: "b" });
  const { archive, clock } = cluster;
  const followed = [first, second].map((node) => follow(node, { archive, clock, sink: fileSink() }));
  await playDuel(cluster, first);
  await untilWritten(cluster);
  const before = written().length;
  assert.ok(before > 8);
  await cluster.until(first.engine.stop());
  await followed[0]!.reactor.stop();
  await cluster.pass(5_000);
  assert.ok(second.engine.leads);
  await cluster.connect(second, "player_e");
  await cluster.enqueue(second, "player_e");
  await cluster.pass(1_000);
  await untilWritten(cluster);
  assert.ok(written().length > before);
  assert.deepEqual(written(), await recordsIn(cluster));
  await followed[1]!.reactor.stop();
});

test("[SK30] a node that does not lead looks at neither the archive nor the sink", async () => {
  const cluster = new Cluster();
  const leader = await cluster.start({ name: "a" });
  const follower = await cluster.start({ name: "b" });
  const { archive, clock } = cluster;
  let looks = 0;
  const watched = Object.assign(Object.create(archive) as typeof archive, {
    events: (asked: Parameters<typeof archive.events>[0]) => {
      looks += 1;
      return archive.events(asked);
    },
  });
  const { reactor, reports } = follow(follower, { archive: watched, clock, sink: fileSink() });
  await playDuel(cluster, leader);
  await cluster.pass(5_000);
  assert.deepEqual([looks, reports], [0, []]);
  await reactor.stop();
});

test("[SK31] a sink that fails delays nobody, is reported once, and gets everything when it works", async () => {
  const cluster = new Cluster();
  const node = await cluster.start();
  const { reactor, reports } = follow(node, {
    archive: cluster.archive,
    clock: cluster.clock,
    sink: fileSink(),
  });
  await playDuel(cluster, node);
  assert.equal(node.engine.state.matches.size, 0, "the match was settled meanwhile");
  await cluster.pass(60_000);
  assert.deepEqual(reports, ["STREAM_FAILED"]);
  mkdirSync(join(folder, "sink"));
  await untilWritten(cluster);
  await untilHolds(cluster, () => reports.length > 1);
  assert.deepEqual(reports, ["STREAM_FAILED", "STREAM_BACK"]);
  assert.deepEqual(written(), await recordsIn(cluster));
  await reactor.stop();
});

test("[SK31] the pauses between tries grow and are bounded", async () => {
  const cluster = new Cluster();
  const node = await cluster.start();
  const tries: number[] = [];
  const sink: Sink = {
    name: "broken",
    cursor: () => {
      tries.push(cluster.clock.now());
      return Promise.reject(new Error("broken"));
    },
    write: () => Promise.reject(new Error("broken")),
    close: async () => {},
  };
  const { reactor } = follow(node, { archive: cluster.archive, clock: cluster.clock, sink });
  await cluster.pass(120_000);
  const pauses = tries.slice(1).map((at, index) => at - tries[index]!);
  const { streamRetryMs } = engineLimits;
  const longest = streamRetryMs[streamRetryMs.length - 1];
  // The clock of these tests moves in steps of 10 ms.
  const isOne = (pause: number, ms: number) => pause >= ms && pause <= ms + 10;
  assert.ok(pauses.length > streamRetryMs.length);
  for (const [index, pause] of pauses.entries())
    assert.ok(isOne(pause, streamRetryMs[index] ?? longest), `${pauses}`);
  await reactor.stop();
});

test("[SK32] a sink that lost its records gets them again", async () => {
  mkdirSync(join(folder, "sink"));
  const cluster = new Cluster();
  const node = await cluster.start();
  const { reactor } = follow(node, { archive: cluster.archive, clock: cluster.clock, sink: fileSink() });
  await playDuel(cluster, node);
  await untilWritten(cluster);
  rmSync(path());
  await cluster.connect(node, "player_e");
  await cluster.enqueue(node, "player_e");
  await untilWritten(cluster);
  assert.deepEqual(written(), await recordsIn(cluster));
  await reactor.stop();
});

test("[SK33] of a long past no more than a portion is in memory at a time", async () => {
  mkdirSync(join(folder, "sink"));
  const cluster = new Cluster();
  const node = await cluster.start();
  for (const player of Array.from({ length: 300 }, (_, index) => `player_${index}` as const)) {
    void node.engine.submit({ type: "player.connected", player, node: node.engine.key, guest: true });
    void cluster.enqueue(node, player, "ranked");
  }
  await cluster.pass(5_000);
  const portions: number[] = [];
  const sink = fileSink();
  const write = sink.write.bind(sink);
  sink.write = (records) => {
    portions.push(records.length);
    return write(records);
  };
  const { reactor } = follow(node, { archive: cluster.archive, clock: cluster.clock, sink });
  await cluster.pass(1_000);
  await untilWritten(cluster);
  assert.ok(written().length > engineLimits.streamPortion);
  assert.ok(Math.max(...portions) <= engineLimits.streamPortion);
  assert.deepEqual(written(), await recordsIn(cluster));
  await reactor.stop();
});
