import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { chaosLimits } from "./limits.ts";

/** A node behind the balancer: where it is, whether it takes players, and who is on it. */
interface Target {
  readonly url: URL;
  isWell: boolean;
  readonly sockets: Set<Socket>;
}

/**
 * Stands in front of the nodes as a load balancer does: each new connection goes to the next node that says it is
 * ready, and the connections of one that does not answer are broken off.
 */
export class Balancer {
  readonly #targets = new Map<string, Target>();
  readonly #server: Server;
  readonly #timer: NodeJS.Timeout;
  #turn = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (client) => this.#take(client));
    this.#timer = setInterval(() => {
      for (const target of this.#targets.values()) void this.#examine(target);
    }, chaosLimits.healthEveryMs);
  }

  static async start(): Promise<Balancer> {
    const server = createServer({ allowHalfOpen: false });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Balancer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Names a node, or tells where it is from here on. */
  point(name: string, url: string): void {
    this.#targets.set(name, { url: new URL(url), isWell: true, sockets: new Set() });
  }

  /** How many nodes take players. */
  get wellCount(): number {
    return [...this.#targets.values()].filter(({ isWell }) => isWell).length;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const { sockets } of this.#targets.values()) for (const socket of sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #examine(target: Target): Promise<void> {
    try {
      const within = AbortSignal.timeout(chaosLimits.healthWithinMs);
      target.isWell = (await fetch(new URL("/readyz", target.url), { signal: within })).ok;
    } catch {
      // No answer is an answer: whoever is there goes elsewhere.
      target.isWell = false;
      for (const socket of target.sockets) socket.destroy();
    }
  }

  #take(client: Socket): void {
    const well = [...this.#targets.values()].filter(({ isWell }) => isWell);
    this.#turn += 1;
    const target = well[this.#turn % Math.max(1, well.length)];
    if (target === undefined) {
      client.destroy();
      return;
    }
    const node = connect(Number(target.url.port), target.url.hostname);
    for (const [socket, other] of [
      [client, node],
      [node, client],
    ] as const) {
      target.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        target.sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(node);
    node.pipe(client);
  }
}
