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

/** How long a test waits for what must come, before it fails. */
const patienceMs = 30_000;

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

  /** The first message with a request's id after the first `from` messages. */
  reply(id: string, from = 0): Promise<ServerMessage> {
    return this.#until(() => this.messages.slice(from).find((message) => message.id === id));
  }

  /** The first message of a type after the first `from` messages. */
  next<Type extends ServerMessageType>(type: Type, from = 0): Promise<Message<Type>> {
    const isThat = (message: ServerMessage): message is Message<Type> => message.type === type;
    return this.#until(() => this.messages.slice(from).find(isThat));
  }

  /** Resolves when the other end has read everything sent so far, or is gone. */
  heard(): Promise<void> {
    if (this.socket.readyState !== this.socket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      this.socket.once("pong", () => resolve());
      this.socket.once("close", () => resolve());
      this.socket.ping();
    });
  }

  closed(): Promise<number> {
    return this.#until(() => this.closeCode, false);
  }

  #nextId(): string {
    this.#requests += 1;
    return `request_${this.#requests}`;
  }

  #wake(): void {
    for (const wake of [...this.#wakers]) wake();
  }

  /**
   * Resolves with what a probe finds, now or after a later message. What will never come is an error that tells
   * what came instead, and not a test that hangs.
   */
  #until<Value>(probe: () => Value | undefined, endsAtClose = true): Promise<Value> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#wakers.delete(look);
        settle();
      };
      const fail = (reason: string) => {
        const seen = this.messages.map(({ type }) => type).join(", ");
        end(() => reject(new Error(`${reason}; what came: ${seen}`)));
      };
      const look = () => {
        const value = probe();
        if (value !== undefined) end(() => resolve(value));
        else if (endsAtClose && this.closeCode !== undefined) fail(`closed with ${this.closeCode}`);
      };
      const timer = setTimeout(() => fail(`nothing came for ${patienceMs} ms`), patienceMs);
      this.#wakers.add(look);
      look();
    });
  }
}
