import { loadScript } from "../../redis/script.ts";
import type { StoredBatch } from "../port.ts";
import { type LogAccess, run } from "./log-access.ts";
import type { LogState, Mark } from "./log-state.ts";
import { type Look, look } from "./look.ts";
import { digestOf, writerOf } from "./redis-batch.ts";

const resetScript = loadScript(new URL("./reset.lua", import.meta.url));
const fillScript = loadScript(new URL("./fill.lua", import.meta.url));
const finishScript = loadScript(new URL("./finish-filling.lua", import.meta.url));

/**
 * The steps by which a log in Redis is restored from a copy. Each says what it expects to find and does nothing where
 * that is not so, so any number of nodes can take them at once, and one can go on where another one died.
 */
export class RedisLogRestorer {
  readonly #access: LogAccess;

  constructor(access: LogAccess) {
    this.#access = access;
  }

  /** Where the log lies. */
  get place(): string {
    return this.#access.connection.place;
  }

  /** What the log is at one moment, whatever it holds. */
  look(positions: readonly number[]): Promise<Look> {
    return look(this.#access, positions);
  }

  /** Empties the log if it is still as it was seen, and keeps appends out until it is filled from `base` on. */
  async reset(seen: LogState, base: Mark): Promise<void> {
    const { head, batches, writers } = this.#access.keys;
    await run(this.#access, resetScript, {
      keys: [head, batches, writers],
      values: [seen.text, base.last, base.at, base.digest],
    });
  }

  /** Puts batches at their own positions; those that do not follow directly are left out. */
  async fill(stored: readonly StoredBatch[]): Promise<void> {
    const { head, batches, writers } = this.#access.keys;
    // All are sent at once over one connection, so they arrive in their order.
    await Promise.all(
      stored.map((batch) => {
        const { node, boot, sequence, count, commands, first, at } = batch;
        return run(this.#access, fillScript, {
          keys: [head, batches, writers],
          values: [writerOf(batch), sequence, count, digestOf(batch), commands, node, boot, first, at],
        });
      }),
    );
  }

  /** Lets appends in again if the log ends at `position`. */
  async finish(position: number): Promise<void> {
    const { head, wakeUps } = this.#access.keys;
    await run(this.#access, finishScript, { keys: [head], values: [position, wakeUps] });
  }
}
