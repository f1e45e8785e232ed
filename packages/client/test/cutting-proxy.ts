import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A line to a server that can be made deaf, or cut. */
export class CuttingProxy {
  /** Whether what the server says is lost on the way. */
  isDeaf = false;
  readonly #server = createServer();
  readonly #sockets = new Set<Socket>();

  static async start(target: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy();
    const { hostname, port } = new URL(target);
    proxy.#server.on("connection", (near) => {
      const far = connect(Number(port), hostname);
      near.pipe(far);
      far.on("data", (bytes) => {
        if (!proxy.isDeaf) near.write(bytes);
      });
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        proxy.#sockets.add(socket);
        socket.on("error", () => other.destroy());
        socket.on("close", () => {
          proxy.#sockets.delete(socket);
          other.destroy();
        });
      }
    });
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends every connection without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resume) => this.#server.close(resume));
  }
}
