import { parentPort, workerData } from "node:worker_threads";
import type { Command } from "@matchforge/core";
import { type StoredBatch, StoreError } from "@matchforge/stores";
import {
  createSecretDice,
  EngineRoom,
  engineLimits,
  entriesOf,
  Replica,
  type Report,
  restoreNewest,
} from "matchforge";
import { openStores } from "../stores/store-source.ts";
import type { EngineThreadData, FromEngineThread, ToEngineThread } from "./engine-thread-messages.ts";
import { systemClock } from "./system-clock.ts";
import { systemHmac } from "./system-hmac.ts";
import { systemIds } from "./system-ids.ts";

/**
 * The engine thread of a coordinator: one more replica of the shard, on which matching, archiving and
 * snapshots run, so that none of them ever delays a message.
 */
const { node, shardSecret, snapshotAtMost, source, shared } = workerData as EngineThreadData;
const report: Report = (problem) => post({ type: "problem", ...problem });
const stores = await openStores(source, report);
const { log, archive } = stores;

let outgoing: Command[] = [];
const replica = new Replica({ state: await restoreNewest(log, snapshotAtMost) });
const room = new EngineRoom({
  state: () => replica.state,
  node,
  log,
  archive,
  clock: systemClock,
  dice: createSecretDice(shardSecret, systemHmac),
  ids: systemIds,
  report,
  ...(shared && { onDiffers: (error: unknown) => post({ type: "fatal", error }) }),
  submit: (command) => {
    if (outgoing.length === 0) queueMicrotask(sendOutgoing);
    outgoing.push(command);
  },
});
await room.start();
replica.onApplied((entry, events) => room.applied(entry, events));
/** One look at the log is enough, however many batches come before it begins. */
let isCatchUpPlanned = false;
let work = catchUp();
await work;
post({ type: "ready", position: replica.position });
parentPort?.on("message", receive);

function post(message: FromEngineThread): void {
  parentPort?.postMessage(message);
}

function sendOutgoing(): void {
  const commands = outgoing;
  outgoing = [];
  post({ type: "submit", commands });
}

function receive(message: ToEngineThread): void {
  if (message.type === "batch") {
    const follows = message.batch.first === replica.position + 1;
    if (follows && !room.congested) {
      stores.see?.(message.batch);
      return take(message.batch);
    }
    if (!isCatchUpPlanned) work = work.then(catchUp);
    isCatchUpPlanned = true;
    return;
  }
  work = work.then(async () => {
    await catchUp();
    await room.stop();
    await stores.close();
    post({ type: "stopped" });
    parentPort?.close();
  });
}

function take(batch: StoredBatch): void {
  for (const entry of entriesOf(batch)) replica.apply(entry);
}

/** Reads what the messages did not bring, or what was left aside while the archive was behind. */
async function catchUp(): Promise<void> {
  isCatchUpPlanned = false;
  for (;;) {
    while (room.congested) await new Promise<void>((resume) => systemClock.after(10, resume));
    const batches = await readOn();
    if (batches.length === 0) return;
    for (const batch of batches) take(batch);
  }
}

/** What comes next in the log; a store that cannot be reached is asked until it can. */
async function readOn(): Promise<StoredBatch[]> {
  const pauses = engineLimits.appendRetryMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await log.read({ from: replica.position + 1, limit: engineLimits.batchesPerRead });
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== "STORE_UNAVAILABLE") throw error;
      report({ code: error.code, detail: error.message });
      const pauseMs = pauses[Math.min(attempt, pauses.length - 1)];
      await new Promise<void>((resume) => systemClock.after(pauseMs, resume));
    }
  }
}
