import type { Duplex } from "node:stream";
import {
  type CloseName,
  closeCodes,
  type ErrorCode,
  encodeServerMessage,
  errorCatalogue,
  type ServerMessages,
  type ServerMessageType,
  wireLimits,
} from "@matchforge/protocol";
import type { WebSocket } from "ws";
import type { Session } from "../session.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Frames that come again soon are left out for a reader this far behind. */
const frameBufferBytesMax = wireLimits.outboundBufferBytesMax / 8;
/** How many messages over a limit a client may send in a row before it is sent away. */
const overLimitMax = 200;

/** One socket: what it sends, how fast it may speak, and whether it is still there. */
export class Connection {
  readonly id: number;
  readonly address: string;
  /** The player id in the path, if any. */
  readonly pathPlayer: string | null;
  readonly connectedAt: number;
  /** Null until signed in. */
  session: Session | null = null;
  /** A sign-in is under way. */
  isSigningIn = false;
  /** When the ping that is not answered yet was sent. */
  pingedAt: number | null = null;
  nextPingAt: number;
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #options: ConnectionOptions;
  readonly #messages: TokenBucket;
  readonly #progress: TokenBucket;
  #overLimit = 0;
  #corked = false;
  #closed = false;

  constructor(options: ConnectionOptions) {
    const { id, address, pathPlayer, now } = options;
    this.#options = options;
    this.id = id;
    this.address = address;
    this.pathPlayer = pathPlayer;
    this.connectedAt = now;
    this.nextPingAt = now + wireLimits.pingIntervalMs;
    this.#socket = options.socket;
    this.#stream = options.stream;
    this.#messages = new TokenBucket(wireLimits.messagesPerSecond, now);
    this.#progress = new TokenBucket(wireLimits.progressMessagesPerSecond, now);
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  /** Takes a message into account; answers 0, or how long to wait when it is over the limit. */
  admit(type: string, now: number): number {
    const waitMs = (type === "game.progress" ? this.#progress : this.#messages).take(now);
    this.#overLimit = waitMs === 0 ? 0 : this.#overLimit + 1;
    if (this.#overLimit > overLimitMax) this.close("flooding");
    return waitMs;
  }

  /** Sends a message; `id` is the request's in a reply, the event's in a push. */
  send<Type extends ServerMessageType>(type: Type, data: ServerMessages[Type], id: string): void {
    this.#write(encodeServerMessage(type, data, { id, ts: this.#options.wallClock() }));
  }

  /** Sends something that will soon be out of date: not to a reader that is behind. */
  sendFrame<Type extends ServerMessageType>(type: Type, data: ServerMessages[Type]): void {
    if (this.#socket.bufferedAmount > frameBufferBytesMax) return;
    this.send(type, data, this.#options.nextFrameId());
  }

  refuse(code: ErrorCode, id: string, detail: { readonly message?: string; readonly retryAfterMs?: number } = {}): void {
    const { message = errorCatalogue[code].happened, retryAfterMs } = detail;
    this.#options.onRefused(code);
    const retry = retryAfterMs === undefined ? undefined : { retry_after_ms: Math.max(0, Math.ceil(retryAfterMs)) };
    this.send("error", { code, message, ...retry }, id);
  }

  ping(now: number): void {
    this.pingedAt = now;
    this.nextPingAt = now + wireLimits.pingIntervalMs;
    this.send("ping", {}, this.#options.nextFrameId());
  }

  close(name: CloseName): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close(closeCodes[name].code, name);
    this.#options.onClosed(this);
  }

  /** The other end is gone. */
  closedByPeer(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onClosed(this);
  }

  /** Ends it at once, without waiting for the other end's close. */
  terminate(): void {
    this.closedByPeer();
    this.#socket.terminate();
  }

  /** What is sent in one turn leaves in one piece. */
  #write(text: string): void {
    if (this.#closed) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#stream.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#stream.uncork();
      });
    }
    this.#socket.send(text);
    if (this.#socket.bufferedAmount > wireLimits.outboundBufferBytesMax) {
      this.close("slowReader");
      this.#socket.terminate();
    }
  }
}

export interface ConnectionOptions {
  readonly id: number;
  readonly socket: WebSocket;
  readonly stream: Duplex;
  readonly address: string;
  readonly pathPlayer: string | null;
  readonly now: number;
  readonly wallClock: () => number;
  readonly nextFrameId: () => string;
  readonly onRefused: (code: ErrorCode) => void;
  readonly onClosed: (connection: Connection) => void;
}
