import { Pool, type PoolClient, type QueryConfig } from "pg";
import { StoreError } from "../errors.ts";
import { storeLimits } from "../limits.ts";
import { nameFailure } from "./name-failure.ts";
import { prepareSession } from "./prepare-session.ts";
import { connectionConfig, type ServerAddress } from "./server-address.ts";

/** A row of an answer. */
export type Row = Record<string, unknown>;

/** A statement; one with a name is parsed once per connection. */
export type Statement = string | Pick<QueryConfig, "name" | "text">;

/** Runs a statement and answers its rows. */
export type Query = (statement: Statement, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * The connections of one kind of work. Kinds do not share any, so that one that is slow holds up no other. Whatever
 * fails is named; a statement whose connection fails is not repeated here, for only its caller knows whether it may be.
 */
export class Connections {
  readonly #pool: Pool;
  readonly #place: string;
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor({ address, max, statementMs, allowUnsafe }: ConnectionsOptions) {
    const { schema, place } = address;
    this.#place = place;
    this.#pool = new Pool({
      ...connectionConfig(address, statementMs),
      max,
      idleTimeoutMillis: storeLimits.postgresIdleConnectionMs,
      onConnect: (client) => prepareSession(client, { schema, place, statementMs, allowUnsafe }),
    });
    // An idle connection that is lost leaves the pool; the next statement makes a new one or says why it cannot.
    this.#pool.on("error", () => {});
  }

  /** Runs one statement, which is a transaction of its own. */
  readonly query: Query = (statement, values = []) =>
    this.#run(async () => {
      const { rows } = await this.#pool.query<Row>(configOf(statement, values));
      return rows;
    });

  /** Runs statements that are stored together, or not at all. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return this.#run(async () => {
      const client = await this.#pool.connect();
      // The statement that meets the loss of the connection tells of it.
      client.on("error", ignoreLoss);
      let committed = false;
      try {
        await client.query("BEGIN");
        const result = await work(async (statement, values = []) => {
          const { rows } = await client.query<Row>(configOf(statement, values));
          return rows;
        });
        await client.query("COMMIT");
        committed = true;
        return result;
      } finally {
        release(client, committed);
      }
    });
  }

  /** Waits for what is running and closes all connections; anything later is answered `STORE_CLOSED`. */
  close(): Promise<void> {
    this.#closing ??= Promise.allSettled(this.#running).then(() => this.#pool.end());
    return this.#closing;
  }

  async #run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#closing !== undefined) throw new StoreError("STORE_CLOSED", `${this.#place} was closed.`);
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      throw nameFailure(error, this.#place);
    } finally {
      this.#running.delete(running);
    }
  }
}

export interface ConnectionsOptions {
  readonly address: ServerAddress;
  /** At most so many at once. */
  readonly max: number;
  readonly statementMs: number;
  readonly allowUnsafe: readonly string[];
}

function configOf(statement: Statement, values: readonly unknown[]): QueryConfig {
  return { ...(typeof statement === "string" ? { text: statement } : statement), values: [...values] };
}

/** Closing a connection ends what it began, whatever state it is in. */
function release(client: PoolClient, committed: boolean): void {
  client.off("error", ignoreLoss);
  client.release(!committed);
}

function ignoreLoss(): void {}
