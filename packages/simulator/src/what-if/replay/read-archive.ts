import { type KernelEvent, kernelLimits } from "@matchforge/core";
import type { Archive, EventRow } from "@matchforge/stores";
import { Recorder } from "./recorder.ts";
import type { Recording } from "./recording.ts";

/** Events read at once; the store may answer fewer. */
const eventsPerRead = 1_000;

/**
 * Reads the events that an archive holds, from the first on: of a server that was ever stopped it alone has what
 * was trimmed from the log. Time is the log's own, less the outages.
 *
 * @throws StoreError when the archive cannot be read.
 */
export async function readArchive(
  archive: Archive,
  onProgress?: (events: number) => void,
): Promise<Recording> {
  const clock = new OutageClock();
  const recorder = new Recorder(0);
  let from = { position: 0, index: 0 };
  let count = 0;
  for (;;) {
    const rows = await archive.events({ from, limit: eventsPerRead });
    if (rows.length === 0) return recorder.finish(clock.time);
    for (const row of rows) {
      clock.moveTo(row);
      recorder.record(JSON.parse(row.payload) as KernelEvent, clock.time);
      from = row;
    }
    count += rows.length;
    onProgress?.(count);
  }
}

/**
 * Shard time as the stamps of events tell it. It moves with them, but stood still while no node was up: the step to
 * the event of a node that comes up is the kernel's longest, as its first entry's was.
 */
class OutageClock {
  #at: number | null = null;
  #time = 0;

  get time(): number {
    return this.#time;
  }

  moveTo({ at, type }: EventRow): void {
    const elapsedMs = at - (this.#at ?? at);
    this.#time += type === "node.up" ? Math.min(elapsedMs, kernelLimits.maxStepMs) : elapsedMs;
    this.#at = at;
  }
}
