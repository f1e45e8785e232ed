import { once } from "node:events";
import type { AddressInfo } from "node:net";
import {
  type ClientMessage,
  encodeServerMessage,
  type ServerMessages,
  type ServerMessageType,
} from "@matchforge/protocol";
import { parseClientMessage } from "@matchforge/protocol/validate";
import { type WebSocket, WebSocketServer } from "ws";

const nobody: ServerMessages["session.sync"] = {
  player_id: "player_ada",
  state: "idle",
  ticket: null,
  match: null,
  round: null,
  party: null,
  invitations: [],
  balance: "0",
  last_event: null,
};

/** A socket server that signs everybody in and leaves all other answers to the test. */
export class TestServer {
  readonly received: ClientMessage[] = [];
  readonly sockets: WebSocket[] = [];
  sync = nobody;
  /** What happens to a connection when it is made. */
  greet: (socket: WebSocket) => void = () => {};
  /** What to answer `auth` with. */
  welcome: (message: ClientMessage) => void = (message) => this.signIn(message);
  /** What to answer a request with; nothing: none. */
  answer: (message: ClientMessage, socket: WebSocket) => void = () => {};
  readonly #server: WebSocketServer;
  readonly #wakers = new Set<() => void>();

  private constructor(port: number) {
    this.#server = new WebSocketServer({ port, host: "127.0.0.1" });
  }

  static async start({ port = 0 } = {}): Promise<TestServer> {
    const server = new TestServer(port);
    server.#server.on("connection", (socket) => {
      server.sockets.push(socket);
      server.greet(socket);
      socket.on("message", (data) => server.#take(socket, String(data)));
    });
    await once(server.#server, "listening");
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  send<Type extends ServerMessageType>(type: Type, data: ServerMessages[Type], id = "server_1"): void {
    this.sockets.at(-1)?.send(encodeServerMessage(type, data, { id, ts: 0 }));
  }

  /** Resolves when so many messages of a type have come in. */
  async got(type: ClientMessage["type"], count = 1): Promise<ClientMessage[]> {
    for (;;) {
      const found = this.received.filter((message) => message.type === type);
      if (found.length >= count) return found;
      await new Promise<void>((resume) => this.#wakers.add(resume));
    }
  }

  signIn({ id }: ClientMessage): void {
    const success = { player_id: "player_ada", rating: null, session_expires: 1, protocol_version: 1 };
    this.send("auth.success", success, id);
    this.send("session.sync", this.sync, "event_1");
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    await new Promise((resume) => this.#server.close(resume));
  }

  #take(socket: WebSocket, text: string): void {
    const parsed = parseClientMessage(text);
    if (!parsed.ok) throw new Error(`${parsed.code}: ${text}`);
    const { message } = parsed;
    this.received.push(message);
    if (message.type === "auth") this.welcome(message);
    else this.answer(message, socket);
    for (const wake of this.#wakers) wake();
    this.#wakers.clear();
  }
}
