import type { ChainableCommander } from "ioredis";
import { storeLimits } from "../../limits.ts";
import type { RedisConnection } from "../../redis/redis-connection.ts";

/** Adds the commands of a write. */
export type Add = (commands: ChainableCommander) => void;

/**
 * The writes of one term. Each is one step, and takes place only if the key that names the term and numbers the writes
 * is as the last one left it: so nothing is built on writes that were lost, and who was overtaken does no harm, however
 * long it slept in between.
 */
export class ViewWrites {
  readonly #key: string;
  #term = 0;
  #revision = 0;

  /** `key` is a hash with the fields `term` and `revision`. */
  constructor(key: string) {
    this.#key = key;
  }

  /** The first write of a term; false when a later one has begun. */
  begin(connection: RedisConnection, term: number, add: Add): Promise<boolean> {
    this.#term = term;
    this.#revision = 0;
    return this.#write(connection, ({ term: found }) => found <= term, add);
  }

  /** A further write; false when the last one is not what stands there. */
  write(connection: RedisConnection, add: Add): Promise<boolean> {
    const isOwn = ({ term, revision }: Found) => term === this.#term && revision === this.#revision;
    return this.#write(connection, isOwn, add);
  }

  async #write(
    connection: RedisConnection,
    mayFollow: (found: Found) => boolean,
    add: Add,
  ): Promise<boolean> {
    const revision = this.#revision + 1;
    const written = await connection.run(async (client) => {
      // A watch that no step followed would still be there, and fail the next one.
      const [, , found] = await answersOf(
        client.pipeline().unwatch().watch(this.#key).hmget(this.#key, "term", "revision"),
      );
      if (!mayFollow(foundIn(found))) return null;
      const commands = client.multi();
      add(commands);
      commands.hset(this.#key, { term: this.#term, revision }).expire(this.#key, storeLimits.viewKeptSeconds);
      return answersOf(commands);
    });
    if (written === null || written.length === 0) return false;
    this.#revision = revision;
    return true;
  }
}

interface Found {
  readonly term: number;
  readonly revision: number;
}

function foundIn(answer: unknown): Found {
  const [term, revision] = answer as (string | null)[];
  return { term: Number(term), revision: Number(revision) };
}

/** What each command answered; nothing at all where a watched key had changed. */
async function answersOf(commands: ChainableCommander): Promise<unknown[]> {
  const answers = (await commands.exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error !== null) throw error;
    return answer;
  });
}
