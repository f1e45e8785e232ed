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
  balance: "0",
  last_event: null,
};

/** A socket server that signs everybody in and leaves all other answers to the test. */
export class TestServer {
  readonly received: ClientMessage[] = [];
  readonly sockets: WebSocket[] = [];
  sync = nobody;
  /** What to answer a request with; nothing: none. */
  answer: (message: ClientMessage, socket: WebSocket) => void = () => {};
  readonly #server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  readonly #wakers = new Set<() => void>();

  static async start(): Promise<TestServer> {
    const server = new TestServer();
    server.#server.on("connection", (socket) => {
      server.sockets.push(socket);
      socket.on("message", (data) => server.#take(socket, String(data)));
    });
    await once(server.#server, "listening");
    return server;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ws`;
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

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    await new Promise((resume) => this.#server.close(resume));
  }

  #take(socket: WebSocket, text: string): void {
    const parsed = parseClientMessage(text);
    if (!parsed.ok) throw new Error(`${parsed.code}: ${text}`);
    const { message } = parsed;
    this.received.push(message);
    if (message.type === "auth") {
      const success = { player_id: "player_ada", rating: null, session_expires: 1, protocol_version: 1 };
      this.send("auth.success", success, message.id);
      this.send("session.sync", this.sync, "event_1");
    } else this.answer(message, socket);
    for (const wake of this.#wakers) wake();
    this.#wakers.clear();
  }
}
