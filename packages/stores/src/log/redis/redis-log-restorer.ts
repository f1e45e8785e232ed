import { loadScript } from "../../redis/script.ts";
import type { StoredBatch } from "../port.ts";
import { inTurn, type LogAccess, run } from "./log-access.ts";
import { askState, type LogState, type Mark, stateFrom } from "./log-state.ts";
import { batchesFrom, digestOf, writerOf } from "./redis-batch.ts";

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

  /** Where the log begins and ends, whatever it holds. */
  async state(): Promise<LogState> {
    const [answer] = await inTurn(this.#access, (commands) => askState(commands, this.#access.keys.head));
    return stateFrom(answer);
  }

  /** The batch that holds a position, or the newest one trimmed if it ends there; undefined if there is none. */
  async markAt(position: number): Promise<Mark | undefined> {
    const { head, batches } = this.#access.keys;
    // The state comes last: a batch that is not there any more is then known to have been trimmed.
    const [found, answer] = await inTurn(this.#access, (commands) =>
      askState(commands.xrevrange(batches, `${position}-0`, "-", "COUNT", 1), head),
    );
    const { floor } = stateFrom(answer);
    if (floor.last === position) return floor;
    const [batch] = batchesFrom(found);
    return batch !== undefined && batch.mark.last >= position ? batch.mark : undefined;
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
