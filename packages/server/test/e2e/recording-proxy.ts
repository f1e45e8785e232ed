import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A line to a server that keeps every byte the server sends, connection by connection. */
export class RecordingProxy {
  readonly url: string;
  /** What was sent on each connection so far. */
  readonly sent: Buffer[][] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(target: string): Promise<RecordingProxy> {
    const server = createServer();
    await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
    const proxy = new RecordingProxy(server);
    server.on("connection", (near) => proxy.#join(near, Number(new URL(target).port)));
    return proxy;
  }

  /** Everything sent on every connection so far, each as one text. */
  texts(): string[] {
    return this.sent.map((chunks) => Buffer.concat(chunks).toString("latin1"));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resume) => this.#server.close(() => resume()));
  }

  #join(near: Socket, port: number): void {
    const far = connect({ host: "127.0.0.1", port });
    const chunks: Buffer[] = [];
    this.sent.push(chunks);
    far.on("data", (chunk) => chunks.push(chunk));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
      socket.pipe(other);
    }
  }
}
