import {
  afterClose,
  type ClientMessages,
  encodeClientMessage,
  parseServerMessage,
  type ServerMessage,
  type ServerMessages,
  wireLimits,
} from "@matchforge/protocol";
import { backoffMs } from "./backoff.ts";
import { Listeners } from "./listeners.ts";
import { RequestError } from "./request-error.ts";
import { type Reply, Requests, type RequestType } from "./requests.ts";
import { platformTimers, type Timers } from "./timers.ts";

/** Where a client stands. `stopped`: it will not connect again by itself. */
export type ConnectionStatus = "idle" | "connecting" | "ready" | "waiting" | "stopped";

/** What a client is made with. */
export interface ClientOptions {
  /** `ws://host/ws`, or the server's `http://host`. */
  readonly url: string;
  /** A token, or how to get a fresh one whenever one is needed. */
  readonly token: string | (() => Promise<string>);
  /** Names this page or process; made up if left out. */
  readonly client?: string;
  readonly requestTimeoutMs?: number;
  readonly backoff?: { readonly firstMs: number; readonly maxMs: number };
  readonly timers?: Timers;
  /** From 0 up to, not including, 1. */
  readonly random?: () => number;
  readonly webSocket?: new (url: string) => WebSocket;
}

/** What a client tells, beside the server's messages. */
interface ClientEvents extends ServerMessages {
  /** The connection's state changed. */
  status: ConnectionStatus;
  /** Any message of the server, in order. */
  message: ServerMessage;
}

const signInTimeoutMs = 10_000;
/** What platforms say of a connection that ended without a word. */
const noCloseCode = 1006;
/** A server pings more often than this: one that is silent for longer is out of reach, whatever the socket says. */
const silenceMaxMs = wireLimits.pingIntervalMs + 2 * wireLimits.pongTimeoutMs;

/**
 * A player's line to MatchForge. It connects again by itself, takes up where it was, and sends again what
 * was not answered.
 *
 * @example
 * const client = new MatchForgeClient({ url: "http://127.0.0.1:8080", token });
 * client.on("match.found", ({ match_id }) => client.request("match.ready", { match_id, response: "accept" }));
 * await client.connect();
 * await client.request("queue.enter", { game_type: "code_practice" });
 */
export class MatchForgeClient {
  readonly #options: ClientOptions;
  readonly #timers: Timers;
  readonly #random: () => number;
  readonly #client: string;
  readonly #listeners = new Listeners<ClientEvents>();
  readonly #requests: Requests;
  #socket: WebSocket | null = null;
  #status: ConnectionStatus = "idle";
  #attempt = 0;
  /** How long the server asked us to stay away. */
  #stayAwayMs = 0;
  #lastEvent: string | null = null;
  #cancelTimer: () => void = () => {};
  #firstSync: { resolve: () => void; reject: (error: Error) => void } | null = null;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#timers = options.timers ?? platformTimers;
    this.#random = options.random ?? Math.random;
    this.#client = options.client ?? `client_${Math.floor(this.#random() * 2 ** 48).toString(36)}`;
    this.#requests = new Requests({ timers: this.#timers, timeoutMs: options.requestTimeoutMs ?? 15_000 });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /**
   * Connects; resolves when the player is signed in and knows the whole truth. Losses, also before that, are
   * mended silently.
   *
   * @throws RequestError when the server refuses the token or sends the player away; whatever `token` throws.
   */
  connect(): Promise<void> {
    if (this.#status !== "idle" && this.#status !== "stopped")
      throw new Error(`connect was called while ${this.#status}`);
    return new Promise((resolve, reject) => {
      this.#firstSync = { resolve, reject };
      this.#open();
    });
  }

  /** Ends the connection for good; what is unanswered rejects with `CLOSED`. */
  close(): void {
    this.#stop(new RequestError("CLOSED"));
  }

  /**
   * Sends a request; resolves with its reply. While the connection is away it waits and is sent afterwards, but
   * for `game.progress`, which ends with the connection: {@link TypingSession} knows what to send again.
   *
   * @throws RequestError with the server's code, or `TIMEOUT`, `CLOSED`, `TOO_MANY_REQUESTS`.
   */
  request<Type extends RequestType>(type: Type, data: ClientMessages[Type]): Promise<Reply<Type>> {
    if (this.#status === "stopped") return Promise.reject(new RequestError("CLOSED"));
    return this.#requests.make(type, data, (text) => {
      if (this.#status === "ready") this.#socket?.send(text);
    });
  }

  /** Calls `listener` for each message of a type, or each `status`; returns the function that ends it. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void {
    return this.#listeners.on(name, listener);
  }

  #open(): void {
    const WebSocketClass = this.#options.webSocket ?? globalThis.WebSocket;
    const socket = new WebSocketClass(socketUrl(this.#options.url));
    this.#socket = socket;
    this.#expectWithin(signInTimeoutMs, socket);
    socket.addEventListener("open", () => void this.#signIn(socket));
    socket.addEventListener("message", ({ data }) => {
      if (this.#socket === socket && typeof data === "string") this.#receive(socket, data);
    });
    socket.addEventListener("close", ({ code }) => {
      if (this.#socket === socket) this.#lost(code);
    });
    socket.addEventListener("error", () => {
      // A close event follows and says all there is to say.
    });
    this.#setStatus("connecting");
  }

  /** Gives the connection up if nothing comes for so long: of one that is cut in silence no end is ever told. */
  #expectWithin(silenceMs: number, socket: WebSocket): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#timers.after(silenceMs, () => {
      socket.close();
      this.#lost(noCloseCode);
    });
  }

  async #signIn(socket: WebSocket): Promise<void> {
    try {
      const { token } = this.#options;
      const text = typeof token === "string" ? token : await token();
      if (this.#socket !== socket) return;
      socket.send(
        encodeClientMessage(
          "auth",
          { token: text, client: this.#client },
          { id: "auth", ts: this.#timers.now() },
        ),
      );
    } catch (error) {
      if (this.#socket !== socket) return;
      if (this.#firstSync !== null) this.#stop(error as Error);
      else socket.close();
    }
  }

  #receive(socket: WebSocket, text: string): void {
    const parsed = parseServerMessage(text);
    if (!parsed.ok) return;
    const { message } = parsed;
    if (this.#status === "ready") this.#expectWithin(silenceMaxMs, socket);
    if (message.type === "ping") {
      const data = this.#lastEvent === null ? {} : { last_event: this.#lastEvent };
      socket.send(encodeClientMessage("pong", data, { id: message.id, ts: this.#timers.now() }));
      return;
    }
    if (message.id === "auth" && message.type === "error") return this.#refused(message.data);
    if (message.type === "server.draining") this.#stayAwayMs = message.data.reconnect_after_ms;
    this.#remember(message);
    const settled = this.#requests.settle(message);
    if (message.type === "session.sync") this.#synced(socket);
    if (settled && message.type === "error") return;
    this.#listeners.emit("message", message);
    this.#listeners.emit(message.type, message.data as never);
  }

  /** Events carry their place in the log. */
  #remember(message: ServerMessage): void {
    if (message.type === "session.sync") this.#lastEvent = message.data.last_event;
    else if (/^event_\d+$/.test(message.id)) this.#lastEvent = message.id;
  }

  #synced(socket: WebSocket): void {
    if (this.#status === "ready") return;
    this.#expectWithin(silenceMaxMs, socket);
    this.#attempt = 0;
    this.#requests.dropProgress();
    for (const text of this.#requests.unanswered()) socket.send(text);
    this.#firstSync?.resolve();
    this.#firstSync = null;
    this.#setStatus("ready");
  }

  #refused({ code, message, retry_after_ms }: ServerMessages["error"]): void {
    const error = new RequestError(code, {
      message,
      ...(retry_after_ms !== undefined && { retryAfterMs: retry_after_ms }),
    });
    const canRetry =
      retry_after_ms !== undefined || (code === "TOKEN_EXPIRED" && typeof this.#options.token !== "string");
    if (!canRetry) return this.#stop(error);
    this.#stayAwayMs = retry_after_ms ?? 0;
    this.#socket?.close();
  }

  #lost(code: number): void {
    this.#cancelTimer();
    this.#socket = null;
    this.#requests.dropProgress();
    const after = afterClose(code);
    const needsPerson = after === "authenticate" && typeof this.#options.token === "string";
    if (after === "stop" || needsPerson)
      return this.#stop(new RequestError("CLOSED", { message: `The server closed with ${code}.` }));
    const { firstMs = 250, maxMs = 10_000 } = this.#options.backoff ?? {};
    const pauseMs = backoffMs(this.#attempt, { firstMs, maxMs, random: this.#random });
    this.#attempt += 1;
    this.#cancelTimer = this.#timers.after(this.#stayAwayMs + pauseMs, () => this.#open());
    this.#stayAwayMs = 0;
    this.#setStatus("waiting");
  }

  #stop(error: Error): void {
    this.#cancelTimer();
    if (this.#status === "stopped") return;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
    this.#firstSync?.reject(error);
    this.#firstSync = null;
    this.#requests.close();
    this.#setStatus("stopped");
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    this.#listeners.emit("status", status);
  }
}

/** The socket's address of a server. */
function socketUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.protocol === "http:") parsed.protocol = "ws:";
  if (parsed.protocol === "https:") parsed.protocol = "wss:";
  if (parsed.pathname === "/" || parsed.pathname === "") parsed.pathname = "/ws";
  return parsed.href;
}
