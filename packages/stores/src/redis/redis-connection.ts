import { Redis } from "ioredis";
import { StoreError } from "../errors.ts";
import { storeLimits } from "../limits.ts";
import type { StoreReport } from "../report.ts";
import type { RedisAddress } from "./address.ts";
import { commonOptions } from "./cluster-nodes.ts";
import { codeOf, isReply, nameFailure, textOf } from "./name-failure.ts";
import { slotConnector } from "./slot-connector.ts";

/** What a connection is made for. */
export interface RedisConnectionOptions {
  readonly address: RedisAddress;
  /** A key whose slot the connection leads to, on a cluster. */
  readonly key: string;
  /** Shown in Redis' list of clients and in reports. */
  readonly name: string;
  readonly report: StoreReport;
}

/** Replies after which another server has to be asked. */
const moved: ReadonlySet<string> = new Set(["MOVED", "ASK", "READONLY", "CLUSTERDOWN", "MASTERDOWN"]);

/**
 * A connection to the one server that holds a shard, renewed for as long as it is not closed. While it is lost every
 * command fails at once: nothing waits here, and nothing is ever sent twice.
 */
export class RedisConnection {
  readonly client: Redis;
  readonly place: string;
  readonly #options: RedisConnectionOptions;
  #failure = new Error("Connection is closed.");
  #state: "opening" | "ready" | "lost" | "closed" = "opening";

  private constructor(options: RedisConnectionOptions) {
    const { address, key, name } = options;
    this.#options = options;
    this.place = address.place;
    const [node] = address.nodes;
    this.client = new Redis({
      ...commonOptions(address),
      ...(address.cluster
        ? { Connector: slotConnector(address, key) }
        : { ...node, ...(address.tls && { tls: { servername: node.host } }) }),
      connectionName: name,
      autoResubscribe: false,
      maxLoadingRetryTime: storeLimits.redisRetryMinMs,
      retryStrategy: pauseMs,
      reconnectOnError: (error) => moved.has(codeOf(error)),
    });
    this.client.on("error", (error: Error) => {
      this.#failure = error;
    });
    this.client.on("ready", () => this.#ready());
    this.client.on("close", () => this.#closed());
  }

  /**
   * Connects, and resolves when Redis takes commands.
   *
   * @throws StoreError `STORE_UNAVAILABLE` when the first attempt fails; there is no second one then.
   */
  static async open(options: RedisConnectionOptions): Promise<RedisConnection> {
    const connection = new RedisConnection(options);
    try {
      await connection.client.connect();
      return connection;
    } catch {
      connection.close();
      throw nameFailure(connection.#failure, connection.place);
    }
  }

  /** Whether commands are taken at this moment. */
  get isReady(): boolean {
    return this.client.status === "ready";
  }

  /** Runs commands; what they throw is named. */
  async run<Answer>(work: (client: Redis) => Promise<Answer>): Promise<Answer> {
    if (this.#state === "closed") throw new StoreError("STORE_CLOSED", `${this.place} was closed.`);
    try {
      return await work(this.client);
    } catch (error) {
      throw nameFailure(error, this.place);
    }
  }

  /** Goes to whoever holds the shard now; commands under way are in doubt. */
  renew(): void {
    if (this.isReady) this.client.disconnect(true);
  }

  /** A reply that refuses what this connection needs is told; without a reply the connection is renewed. */
  refused(error: unknown): void {
    if (!isReply(error) || moved.has(codeOf(error))) this.renew();
    else {
      const { name, report } = this.#options;
      report({ code: "STORE_REFUSED", detail: `${this.place} refuses (${name}): ${error.message}.` });
    }
  }

  close(): void {
    this.#state = "closed";
    this.client.disconnect();
  }

  #ready(): void {
    const { name, report } = this.#options;
    if (this.#state === "lost")
      report({ code: "STORE_CONNECTED", detail: `${this.place} is back (${name}).` });
    this.#state = "ready";
    this.#failure = new Error("Connection is closed.");
  }

  #closed(): void {
    if (this.#state !== "ready") return;
    this.#state = "lost";
    const { name, report } = this.#options;
    const detail = `${this.place} is lost and tried again (${name}; ${textOf(this.#failure)}).`;
    report({ code: "STORE_DISCONNECTED", detail });
  }
}

/** Attempts are spread, so that the nodes of a fleet do not all come back at one instant. */
function pauseMs(attempt: number): number {
  const { redisRetryMinMs, redisRetryMaxMs } = storeLimits;
  const longestMs = Math.min(redisRetryMinMs * 2 ** Math.min(attempt, 10), redisRetryMaxMs);
  return longestMs / 2 + (Math.random() * longestMs) / 2;
}
