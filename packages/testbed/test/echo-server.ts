import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { FaultProxy, type FaultProxyOptions } from "../src/index.ts";

/** A server that says what it hears, and ends when its client ends; with a proxy before it. */
export class EchoServer implements AsyncDisposable {
  readonly sockets = new Set<Socket>();
  readonly proxy: FaultProxy;
  readonly #listener: Server;

  private constructor({ listener, proxy }: { readonly listener: Server; readonly proxy: FaultProxy }) {
    this.#listener = listener;
    this.proxy = proxy;
    listener.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => this.sockets.delete(socket));
      socket.pipe(socket);
    });
  }

  static async start(options: Partial<FaultProxyOptions> = {}): Promise<EchoServer> {
    const listener = createServer({ allowHalfOpen: true }).listen({ host: "127.0.0.1", port: 0 });
    await once(listener, "listening");
    const { port } = listener.address() as AddressInfo;
    const proxy = await FaultProxy.start({ to: { host: "127.0.0.1", port }, ...options });
    return new EchoServer({ listener, proxy });
  }

  /** A client that is connected to the proxy. */
  async client(): Promise<Client> {
    const client = this.dial();
    await once(client.socket, "connect");
    return client;
  }

  /** A client on its way to the proxy. */
  dial(): Client {
    return new Client(connect({ host: this.proxy.host, port: this.proxy.port, allowHalfOpen: true }));
  }

  /** A client that has heard the server. */
  async greetedClient(): Promise<Client> {
    const client = await this.client();
    await client.say("hello");
    return client;
  }

  /** Takes no more connections; those that are there stay. */
  close(): void {
    this.#listener.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy.stop();
    this.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

/** A client that knows all it has heard. */
export class Client {
  readonly socket: Socket;
  heard = "";
  /** What broke the connection off. */
  failure: string | undefined;
  hasEnded = false;
  #wake = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      this.heard += text;
      this.#wake();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      this.failure = error.code;
    });
    socket.on("end", () => {
      this.hasEnded = true;
      this.#wake();
    });
    socket.on("close", () => this.#wake());
  }

  /** Says something, and resolves when it has come back. */
  async say(text: string): Promise<void> {
    const expected = this.heard + text;
    this.socket.write(text);
    await this.until(() => this.heard === expected);
  }

  /** Resolves when something holds; rejects when the connection has closed before that. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.socket.destroyed) throw new Error(`the connection is closed: ${this.failure}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** What the connection was broken off with. */
  async brokenOff(): Promise<string | undefined> {
    if (!this.socket.closed) await new Promise((resolve) => this.socket.once("close", resolve));
    return this.failure;
  }
}
