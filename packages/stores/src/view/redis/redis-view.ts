import assert from "node:assert/strict";
import type { ChainableCommander } from "ioredis";
import { StoreError } from "../../errors.ts";
import { storeLimits } from "../../limits.ts";
import type { RedisConnection } from "../../redis/redis-connection.ts";
import type { ShardKeys } from "../../redis/shard-keys.ts";
import type { OutsideView, ShownMatch, ViewChanges, ViewMark } from "../port.ts";
import { type Add, ViewWrites } from "./view-writes.ts";

interface RedisViewOptions {
  readonly keys: ShardKeys;
  /** Makes the view's own connection, so that nothing else waits behind what it writes. */
  connect(): Promise<RedisConnection>;
}

/** A view in Redis: a sorted set for each queue, a hash for each match, and lists of both. It connects when first written. */
export class RedisView implements OutsideView {
  readonly #options: RedisViewOptions;
  readonly #writes: ViewWrites;
  #connection: Promise<RedisConnection> | null = null;
  #closed = false;

  constructor(options: RedisViewOptions) {
    this.#options = options;
    this.#writes = new ViewWrites(options.keys.view);
  }

  async takeOver(term: number): Promise<boolean> {
    const { keys } = this.#options;
    const connection = await this.#connected();
    const begun = await this.#writes.begin(connection, term, (commands) => {
      commands.hdel(keys.view, "position", "at", "time");
    });
    const { redisViewSlice: slice } = storeLimits;
    return (
      begun &&
      (await this.#empty({
        some: ({ client }) => client.zrange(keys.matches, "0", `${slice - 1}`),
        drop: (commands, ids) => commands.unlink(...ids.map(keys.match)).zrem(keys.matches, ...ids),
      })) &&
      (await this.#empty({
        some: ({ client }) => client.srandmember(keys.queues, slice),
        drop: (commands, pools) => commands.unlink(...pools.map(keys.queue)).srem(keys.queues, ...pools),
      }))
    );
  }

  async apply(changes: ViewChanges, mark: ViewMark | null): Promise<boolean> {
    const { waiting, left, matches } = changes;
    assert(
      waiting.length + left.length + matches.length <= storeLimits.viewChanges,
      "A write of the view has too many changes.",
    );
    const { keys } = this.#options;
    return this.#writes.write(await this.#connected(), (commands) => {
      addQueues(commands, keys, changes);
      for (const { id, shown } of matches) addMatch(commands, keys, { id, shown });
      if (mark !== null) commands.hset(keys.view, { ...mark });
      for (const key of [keys.queues, keys.matches]) commands.expire(key, storeLimits.viewKeptSeconds);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    // One that never came about needs no closing.
    const connection = await this.#connection?.catch(() => null);
    connection?.close();
  }

  async #connected(): Promise<RedisConnection> {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "The view was closed.");
    this.#connection ??= this.#options.connect();
    try {
      return await this.#connection;
    } catch (error) {
      this.#connection = null;
      throw error;
    }
  }

  /** Drops what a list names, and takes it off the list, a slice at a time. */
  async #empty(list: {
    some(connection: RedisConnection): Promise<string[]>;
    drop(commands: ChainableCommander, names: readonly string[]): void;
  }): Promise<boolean> {
    const connection = await this.#connected();
    for (;;) {
      const names = await connection.run(() => list.some(connection));
      if (names.length === 0) return true;
      const add: Add = (commands) => list.drop(commands, names);
      if (!(await this.#writes.write(connection, add))) return false;
    }
  }
}

function addQueues(commands: ChainableCommander, keys: ShardKeys, { waiting, left }: ViewChanges): void {
  for (const [pool, tickets] of Map.groupBy(left, (one) => one.pool))
    commands.zrem(keys.queue(pool), ...tickets.map(({ ticket }) => ticket));
  for (const [pool, tickets] of Map.groupBy(waiting, (one) => one.pool)) {
    commands
      .zadd(keys.queue(pool), ...tickets.flatMap(({ since, ticket }) => [since, ticket]))
      .expire(keys.queue(pool), storeLimits.viewKeptSeconds)
      .sadd(keys.queues, pool);
  }
}

/** A hash is written anew, so that no field of an earlier state stays. */
function addMatch(
  commands: ChainableCommander,
  keys: ShardKeys,
  { id, shown }: { readonly id: string; readonly shown: ShownMatch | null },
): void {
  commands.unlink(keys.match(id));
  if (shown === null) {
    commands.zrem(keys.matches, id);
    return;
  }
  const { mode, tier, state, players, createdAt, startedAt } = shown;
  commands
    .hset(keys.match(id), {
      mode,
      ...(tier !== null && { tier }),
      state,
      players: JSON.stringify(players),
      created_at: createdAt,
      ...(startedAt !== null && { started_at: startedAt }),
    })
    .expire(keys.match(id), storeLimits.viewKeptSeconds)
    .zadd(keys.matches, createdAt, id);
}
