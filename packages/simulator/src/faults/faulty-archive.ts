import { type Archive, type ArchiveBatch, StoreError } from "@matchforge/stores";
import type { NodeClock } from "../time/node-clock.ts";
import type { Random } from "../time/random.ts";
import type { FaultCounts } from "./fault-counts.ts";
import { rates } from "./fault-rates.ts";
import type { Line } from "./line.ts";
import type { StoreOutage } from "./store-outage.ts";

/** The archive as one run of a node has it: commits fail, come late, or are done although their answer is lost. */
export class FaultyArchive implements Archive {
  readonly #options: FaultyArchiveOptions;

  constructor(options: FaultyArchiveOptions) {
    this.#options = options;
  }

  async cursor(): Promise<number> {
    const { archive } = this.#options;
    await this.#reach(0);
    const cursor = await archive.cursor();
    await this.#hear();
    return cursor;
  }

  async commit(batch: ArchiveBatch): Promise<void> {
    const { archive, random, counts } = this.#options;
    const isSlow = random.chance(rates.archiveSlow);
    if (isSlow) counts.add("archive_slow");
    await this.#reach(isSlow ? random.between(1_000, 20_000) : random.between(0, 5));
    if (random.chance(rates.archiveFailed)) {
      counts.add("archive_failed");
      if (random.chance(0.5)) await archive.commit(batch);
      await this.#fail();
    }
    await archive.commit(batch);
    await this.#hear();
  }

  async match(...asked: Parameters<Archive["match"]>): ReturnType<Archive["match"]> {
    await this.#reach(0);
    const match = await this.#options.archive.match(...asked);
    await this.#hear();
    return match;
  }

  player(...asked: Parameters<Archive["player"]>): ReturnType<Archive["player"]> {
    return this.#options.archive.player(...asked);
  }

  ratingOf(...asked: Parameters<Archive["ratingOf"]>): ReturnType<Archive["ratingOf"]> {
    return this.#options.archive.ratingOf(...asked);
  }

  ratingHistory(...asked: Parameters<Archive["ratingHistory"]>): ReturnType<Archive["ratingHistory"]> {
    return this.#options.archive.ratingHistory(...asked);
  }

  matchesOf(...asked: Parameters<Archive["matchesOf"]>): ReturnType<Archive["matchesOf"]> {
    return this.#options.archive.matchesOf(...asked);
  }

  leaderboard(...asked: Parameters<Archive["leaderboard"]>): ReturnType<Archive["leaderboard"]> {
    return this.#options.archive.leaderboard(...asked);
  }

  events(...asked: Parameters<Archive["events"]>): ReturnType<Archive["events"]> {
    return this.#options.archive.events(...asked);
  }

  audit(...asked: Parameters<Archive["audit"]>): ReturnType<Archive["audit"]> {
    return this.#options.archive.audit(...asked);
  }

  close(): Promise<void> {
    return this.#options.archive.close();
  }

  async #reach(delayMs: number): Promise<void> {
    const { line, clock, outage } = this.#options;
    await line.send("appends", delayMs);
    await clock.awake();
    if (outage.isAway) await this.#fail();
  }

  #hear(): Promise<void> {
    return this.#options.line.receive("replies", 0);
  }

  async #fail(): Promise<never> {
    await this.#options.clock.awake();
    throw new StoreError("STORE_UNAVAILABLE", "The archive does not answer.");
  }
}

export interface FaultyArchiveOptions {
  readonly archive: Archive;
  readonly line: Line;
  readonly clock: NodeClock;
  readonly random: Random;
  readonly counts: FaultCounts;
  /** Of the archive alone. */
  readonly outage: StoreOutage;
}
