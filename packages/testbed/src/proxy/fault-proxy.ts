import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { testbedLimits } from "../limits.ts";
import { freePort } from "../servers/free-port.ts";
import { type Direction, type Gate, Link } from "./link.ts";
import { ProxiedConnection, type Target } from "./proxied-connection.ts";

/** The directions a fault may have. */
export type FaultDirection = Direction | "both";

export interface FaultProxyOptions {
  /** The server that it stands for. */
  readonly to: Target;
  /** Numbers from 0 to below 1 for the jitter; a seeded source makes it the same each time. */
  readonly random?: () => number;
  /** Further connections are reset and counted as refused. */
  readonly connectionsMax?: number;
}

/**
 * Stands between clients and a server, and breaks what goes through it as networks do. Streams stay whole or
 * are broken off: a fault never reorders bytes, never lets some in the middle go missing, and never makes any up.
 *
 * @example
 * await using proxy = await FaultProxy.start({ to: redis });
 * const client = new Redis(proxy.urlOf(redis.url));
 * proxy.blackHole("toClient");
 * await proxy.heal();
 */
export class FaultProxy implements AsyncDisposable {
  readonly host = "127.0.0.1";
  readonly port: number;
  readonly #to: Target;
  readonly #connectionsMax: number;
  readonly #links: Readonly<Record<Direction, Link>>;
  readonly #connections = new Set<ProxiedConnection>();
  #listener: Server | undefined;
  #refused = 0;

  private constructor(options: FaultProxyOptions, port: number) {
    const { to, random = Math.random, connectionsMax = testbedLimits.proxiedConnectionsMax } = options;
    this.#to = { host: to.host, port: to.port };
    this.#connectionsMax = connectionsMax;
    this.port = port;
    this.#links = { toServer: new Link(random), toClient: new Link(random) };
  }

  /** Starts one without faults. */
  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options, await freePort());
    await proxy.#listen();
    return proxy;
  }

  /** The address of the same thing through this proxy. */
  urlOf(url: string): string {
    const through = new URL(url);
    through.hostname = this.host;
    through.port = `${this.port}`;
    return through.href;
  }

  /** How many connections of clients there are, those that hang included. */
  get connections(): number {
    return this.#connections.size;
  }

  /** How many were reset because there were too many. */
  get refused(): number {
    return this.#refused;
  }

  /** What has arrived. */
  get bytes(): Readonly<Record<Direction, number>> {
    return { toServer: this.#links.toServer.passed, toClient: this.#links.toClient.passed };
  }

  /** What was taken and has not arrived. */
  get heldBytes(): Readonly<Record<Direction, number>> {
    const held = (direction: Direction) =>
      [...this.#connections].reduce((sum, connection) => sum + connection.heldBytes(direction), 0);
    return { toServer: held("toServer"), toClient: held("toClient") };
  }

  /** What was swallowed. */
  get lostBytes(): Readonly<Record<Direction, number>> {
    return { toServer: this.#links.toServer.lost, toClient: this.#links.toClient.lost };
  }

  /** Resets every connection, once. */
  reset(): void {
    for (const connection of this.#connections) connection.reset();
  }

  /** Resets every connection and refuses new ones until `heal`, as a machine that is there without the program. */
  async cut(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.close();
    this.reset();
    if (listener !== undefined) await once(listener, "close");
  }

  /**
   * Swallows bytes and ends of streams until `heal`; connections stay, and new ones hang. On `heal` a
   * connection that lost something is reset.
   */
  blackHole(direction: FaultDirection = "both"): void {
    this.#setGates("hole", direction);
  }

  /** Keeps bytes and ends of streams until `heal`, which lets them arrive late; new connections hang. */
  stall(direction: FaultDirection = "both"): void {
    this.#setGates("stalled", direction);
  }

  /** Lets everything arrive later, in order. */
  delay({
    ms,
    jitterMs = 0,
    direction = "both",
  }: {
    readonly ms: number;
    /** Up to so much is added, at random. */
    readonly jitterMs?: number;
    readonly direction?: FaultDirection;
  }): void {
    for (const link of this.#linksOf(direction)) link.setDelay({ ms, jitterMs });
  }

  /** Lets no more than so many bytes through in a second, over all connections of a direction. */
  throttle({
    bytesPerSecond,
    direction = "both",
  }: {
    readonly bytesPerSecond: number;
    readonly direction?: FaultDirection;
  }): void {
    if (!(bytesPerSecond > 0)) throw new RangeError("A throttle lets some bytes through; stall lets none.");
    for (const link of this.#linksOf(direction)) link.setRate(bytesPerSecond);
  }

  /** Ends every fault. */
  async heal(): Promise<void> {
    for (const link of this.#linksOf("both")) link.heal();
    for (const connection of this.#connections) connection.heal();
    if (this.#listener === undefined) await this.#listen();
  }

  /** Resets every connection and ends. */
  async stop(): Promise<void> {
    await this.cut();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #listen(): Promise<void> {
    const listener = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
    this.#listener = listener;
    listener.on("connection", (client) => this.#accept(client));
    listener.listen({ host: this.host, port: this.port });
    await once(listener, "listening");
  }

  #accept(client: Socket): void {
    if (this.#connections.size >= this.#connectionsMax) {
      this.#refused += 1;
      client.resetAndDestroy();
      return;
    }
    const connection = new ProxiedConnection({
      client,
      target: this.#to,
      links: this.#links,
      onEnd: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
  }

  #setGates(gate: Gate, direction: FaultDirection): void {
    for (const link of this.#linksOf(direction)) link.gate = gate;
    for (const connection of this.#connections) connection.look();
  }

  #linksOf(direction: FaultDirection): readonly Link[] {
    return direction === "both" ? Object.values(this.#links) : [this.#links[direction]];
  }
}
