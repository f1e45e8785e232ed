import { restoreState, type State } from "@matchforge/core";
import { type Log, StoreError } from "@matchforge/stores";
import { batchesFrom, entriesOf, Replica } from "matchforge";
import { Recorder } from "./recorder.ts";
import type { Recording } from "./recording.ts";

/**
 * Reads a log from its first entry, or from its oldest snapshot where what came before was trimmed, through a
 * kernel of its own: shard times, ratings and wishes are what they were.
 *
 * @throws StoreError when the log cannot be read.
 */
export async function readLog(log: Log, onProgress?: (entries: number) => void): Promise<Recording> {
  const state = await oldestState(log);
  const replica = new Replica(state === undefined ? {} : { state });
  const recorder = new Recorder(replica.state.time);
  replica.onApplied((_entry, events) => {
    for (const event of events) recorder.record(event, replica.state.time);
  });
  for await (const batch of batchesFrom(log, replica.position + 1)) {
    for (const entry of entriesOf(batch)) replica.apply(entry);
    onProgress?.(replica.position);
  }
  return recorder.finish(replica.state.time);
}

/** The state from which the rest of the log can be read; undefined: the log is whole. */
async function oldestState(log: Log): Promise<State | undefined> {
  if (await isReadableFrom(log, 1)) return undefined;
  let oldest: State | undefined;
  for (let atMost = Number.MAX_SAFE_INTEGER; ; ) {
    const snapshot = await log.readSnapshot({ atMost });
    if (snapshot === undefined || !(await isReadableFrom(log, snapshot.meta.position + 1))) break;
    const chunks: string[] = [];
    for await (const chunk of snapshot.chunks) chunks.push(chunk);
    oldest = restoreState(chunks);
    atMost = snapshot.meta.position - 1;
  }
  if (oldest === undefined)
    throw new StoreError("TRIMMED", "The log was trimmed and has no snapshot to begin with.");
  return oldest;
}

/** Whether a log still has the entry at a position, or nothing from there on yet. */
export async function isReadableFrom(log: Log, from: number): Promise<boolean> {
  try {
    await log.read({ from, limit: 1 });
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.code === "TRIMMED") return false;
    throw error;
  }
}
