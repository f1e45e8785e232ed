import {
  type ClientMessages,
  type ClientMessageType,
  encodeClientMessage,
  type Replies,
  replies,
  type ServerMessage,
  type ServerMessages,
} from "@matchforge/protocol";
import { RequestError } from "./request-error.ts";
import type { Timers } from "./timers.ts";

/** A message that gets a reply, apart from `auth`. */
export type RequestType = Exclude<ClientMessageType, "auth" | "pong">;

/** What a request's success answers. */
export type Reply<Type extends RequestType> = ServerMessages[Replies[Type]];

interface Pending {
  readonly id: string;
  readonly type: RequestType;
  readonly text: string;
  readonly resolve: (data: never) => void;
  readonly reject: (error: RequestError) => void;
  readonly cancelTimeout: () => void;
}

const pendingMax = 64;

/**
 * Requests and their replies. A request keeps its id until it is answered, whatever happens to the
 * connection: sent again, it is carried out once.
 */
export class Requests {
  readonly #timers: Timers;
  readonly #timeoutMs: number;
  readonly #pending = new Map<string, Pending>();
  #count = 0;

  constructor(options: { readonly timers: Timers; readonly timeoutMs: number }) {
    this.#timers = options.timers;
    this.#timeoutMs = options.timeoutMs;
  }

  /** Makes a request; `send` is called at once when there is a connection. */
  make<Type extends RequestType>(
    type: Type,
    data: ClientMessages[Type],
    send: (text: string) => void,
  ): Promise<Reply<Type>> {
    if (this.#pending.size >= pendingMax) return Promise.reject(new RequestError("TOO_MANY_REQUESTS"));
    return new Promise((resolve, reject) => {
      this.#count += 1;
      const id = `msg_${this.#count}`;
      const text = encodeClientMessage(type, data, { id, ts: this.#timers.now() });
      const cancelTimeout = this.#timers.after(this.#timeoutMs, () => {
        this.#pending.delete(id);
        reject(new RequestError("TIMEOUT"));
      });
      this.#pending.set(id, { id, type, text, resolve, reject, cancelTimeout });
      send(text);
    });
  }

  /** Whether a message answers a request; then the request is settled. */
  settle(message: ServerMessage): boolean {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return false;
    if (message.type !== "error" && message.type !== replies[pending.type]) return false;
    this.#pending.delete(message.id);
    pending.cancelTimeout();
    if (message.type === "error") {
      const { code, message: sentence, retry_after_ms: retryAfterMs } = message.data;
      pending.reject(
        new RequestError(code, { message: sentence, ...(retryAfterMs !== undefined && { retryAfterMs }) }),
      );
    } else {
      pending.resolve(message.data as never);
    }
    return true;
  }

  /** The texts of everything unanswered, in the order asked. Keys typed into a lost connection are not among them. */
  unanswered(): string[] {
    return [...this.#pending.values()].filter(({ type }) => type !== "game.progress").map(({ text }) => text);
  }

  /** Nobody will answer what was typed into a connection that is gone: the next picture says what arrived. */
  dropProgress(): void {
    for (const pending of [...this.#pending.values()]) {
      if (pending.type === "game.progress") this.#end(pending, "TIMEOUT");
    }
  }

  /** Ends everything unanswered. */
  close(): void {
    for (const pending of [...this.#pending.values()]) this.#end(pending, "CLOSED");
  }

  #end(pending: Pending, code: "TIMEOUT" | "CLOSED"): void {
    this.#pending.delete(pending.id);
    pending.cancelTimeout();
    pending.reject(new RequestError(code));
  }
}
