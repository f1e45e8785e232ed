import { connect, type Socket } from "node:net";
import type { Direction, Link } from "./link.ts";
import { OneWay } from "./one-way.ts";

/** Where the proxied server is. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** A client's connection to the proxy, and the one to the server that belongs to it. */
export class ProxiedConnection {
  readonly #client: Socket;
  readonly #target: Target;
  readonly #links: Readonly<Record<Direction, Link>>;
  readonly #onEnd: () => void;
  #server: Socket | undefined;
  /** None before the server has taken the connection. */
  #ways: { readonly [Way in Direction]?: OneWay } = {};

  constructor({
    client,
    target,
    links,
    onEnd,
  }: {
    /** Not read from yet. */
    readonly client: Socket;
    readonly target: Target;
    readonly links: Readonly<Record<Direction, Link>>;
    /** Told when both connections are closed. */
    readonly onEnd: () => void;
  }) {
    this.#client = client;
    this.#target = target;
    this.#links = links;
    this.#onEnd = onEnd;
    this.#watch(client);
    this.look();
  }

  /** What it holds back of one direction. */
  heldBytes(direction: Direction): number {
    return this.#ways[direction]?.heldBytes ?? 0;
  }

  /** Goes on as the links are; for when they have changed. */
  look(): void {
    if (this.#server === undefined) this.#dial();
    for (const way of Object.values(this.#ways)) way.pass();
  }

  /** Goes on without faults, if it can. */
  heal(): void {
    const ways = Object.values(this.#ways);
    if (ways.some(({ hasLost }) => hasLost)) this.reset();
    else for (const way of ways) way.hurry();
    if (this.#server === undefined) this.#dial();
  }

  /** Breaks both connections off. */
  reset(): void {
    for (const way of Object.values(this.#ways)) way.stop();
    this.#client.resetAndDestroy();
    this.#server?.resetAndDestroy();
  }

  /** A request to connect that does not get through is tried again, as any network does. */
  #dial(): void {
    if (this.#links.toServer.gate !== "open" || this.#client.destroyed) return;
    const client = this.#client;
    const server = connect({ ...this.#target, allowHalfOpen: true, noDelay: true });
    this.#server = server;
    this.#watch(server);
    server.once("connect", () => {
      this.#ways = {
        toServer: new OneWay({ from: client, to: server, link: this.#links.toServer }),
        toClient: new OneWay({ from: server, to: client, link: this.#links.toClient }),
      };
      this.look();
    });
    // Without a server behind it, a connection is refused in the only way left to one that was taken.
    server.once("error", () => {
      if (this.#ways.toServer === undefined) client.resetAndDestroy();
    });
  }

  #watch(socket: Socket): void {
    // An error closes the socket, and its closing is what is dealt with.
    socket.on("error", () => {});
    socket.once("close", () => {
      if (this.#client.destroyed && this.#server?.destroyed !== false) this.#onEnd();
    });
  }
}
