import {
  type ClientMessages,
  type ClientMessageType,
  encodeClientMessage,
  parseServerMessage,
  type ServerMessage,
  type ServerMessageType,
} from "@matchforge/protocol";
import { WebSocket } from "ws";

type Message<Type extends ServerMessageType> = Extract<ServerMessage, { type: Type }>;

/** A bare client that remembers what it was sent and answers pings only when told to. */
export class TestClient {
  readonly messages: ServerMessage[] = [];
  readonly socket: WebSocket;
  closeCode: number | undefined;
  #requests = 0;
  readonly #wakers = new Set<() => void>();

  private constructor(url: string) {
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.socket.on("message", (data) => {
      const parsed = parseServerMessage(String(data));
      if (parsed.ok) this.messages.push(parsed.message);
      this.#wake();
    });
    this.socket.on("close", (code) => {
      this.closeCode = code;
      this.#wake();
    });
  }

  static open(url: string): Promise<TestClient> {
    const client = new TestClient(url);
    return new Promise((resolve, reject) => {
      client.socket.once("open", () => resolve(client));
      client.socket.once("error", reject);
    });
  }

  /** Sends a message; answers its id. */
  send<Type extends ClientMessageType>(type: Type, data: ClientMessages[Type], id = this.#nextId()): string {
    this.socket.send(encodeClientMessage(type, data, { id, ts: 0 }));
    return id;
  }

  /** Sends a request and waits for its one reply. */
  ask<Type extends ClientMessageType>(type: Type, data: ClientMessages[Type]): Promise<ServerMessage> {
    return this.reply(this.send(type, data));
  }

  reply(id: string): Promise<ServerMessage> {
    return this.#until(() => this.messages.find((message) => message.id === id));
  }

  /** The first message of a type after the first `from` messages. */
  next<Type extends ServerMessageType>(type: Type, from = 0): Promise<Message<Type>> {
    const isThat = (message: ServerMessage): message is Message<Type> => message.type === type;
    return this.#until(() => this.messages.slice(from).find(isThat));
  }

  closed(): Promise<number> {
    return this.#until(() => this.closeCode);
  }

  #nextId(): string {
    this.#requests += 1;
    return `request_${this.#requests}`;
  }

  #wake(): void {
    for (const wake of [...this.#wakers]) wake();
  }

  #until<Value>(probe: () => Value | undefined): Promise<Value> {
    return new Promise((resolve) => {
      const look = () => {
        const value = probe();
        if (value === undefined) return;
        this.#wakers.delete(look);
        resolve(value);
      };
      this.#wakers.add(look);
      look();
    });
  }
}
