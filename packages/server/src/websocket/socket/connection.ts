import type { Duplex } from "node:stream";
import type { MatchId } from "@matchforge/core";
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
import { Pings, type SentPing } from "./pings.ts";
import { TokenBucket } from "./token-bucket.ts";

/** A reader this far behind gets only the newest frame of each kind, once it has caught up. */
const frameBufferBytesMax = wireLimits.outboundBufferBytesMax / 8;
/** Messages over a limit before a client is sent away, and how fast that is forgiven. */
const overLimit = { max: 100, forgivenPerSecond: 10 };

/** One socket: what it sends, how fast it may speak, and whether it is still there. */
export class Connection {
  readonly id: number;
  readonly address: string;
  /** The player id in the path, if any. */
  readonly pathPlayer: string | null;
  /** When the time to sign in began. */
  connectedAt: number;
  /** Null until signed in. */
  session: Session | null = null;
  /** A sign-in is under way. */
  isSigningIn = false;
  nextPingAt: number;
  /** Why the server closed it; null while open, and when the other end did. */
  closedFor: CloseName | null = null;
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #options: ConnectionOptions;
  readonly #messages: TokenBucket;
  readonly #progress: TokenBucket;
  readonly #overLimit: TokenBucket;
  readonly #pings = new Pings();
  readonly #heldFrames = new Map<string, () => void>();
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
    this.#overLimit = new TokenBucket(overLimit.forgivenPerSecond, now, overLimit.max);
    this.#stream.on("drain", () => this.#sendHeld());
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  /** Takes a message into account; answers 0, or how long to wait when it is over the limit. */
  admit(type: string, now: number): number {
    const waitMs = (type === "game.progress" ? this.#progress : this.#messages).take(now);
    if (waitMs > 0 && this.#overLimit.take(now) > 0) this.close("flooding");
    return waitMs;
  }

  /** Sends a message; `id` is the request's in a reply, the event's in a push. */
  send<Type extends ServerMessageType>(type: Type, data: ServerMessages[Type], id: string): void {
    this.#write(encodeServerMessage(type, data, { id, ts: this.#options.wallClock() }));
  }

  /** Sends something that will soon be out of date. A reader that is behind gets the newest of its kind later. */
  sendFrame<Type extends ServerMessageType>(type: Type, data: ServerMessages[Type]): void {
    const isBehind = this.#socket.bufferedAmount > frameBufferBytesMax;
    if (isBehind) this.#heldFrames.set(type, () => this.sendFrame(type, data));
    else this.send(type, data, this.#options.nextFrameId());
  }

  refuse(
    code: ErrorCode,
    id: string,
    detail: { readonly message?: string; readonly retryAfterMs?: number } = {},
  ): void {
    const { message = errorCatalogue[code].happened, retryAfterMs } = detail;
    this.#options.onRefused(code);
    const retry =
      retryAfterMs === undefined ? undefined : { retry_after_ms: Math.max(0, Math.ceil(retryAfterMs)) };
    this.send("error", { code, message, ...retry }, id);
  }

  /** When the oldest ping without a pong was sent. */
  get pingedAt(): number | undefined {
    return this.#pings.oldestSentAt;
  }

  /** Asks whether the other end is there; `found` is the match whose delivery the answer proves. */
  ping(now: number, found: MatchId | null = null): void {
    const id = this.#options.nextFrameId();
    this.#pings.add({ id, sentAt: now, lastEvent: this.session?.lastEvent ?? 0, found });
    this.nextPingAt = now + wireLimits.pingIntervalMs;
    this.send("ping", {}, id);
  }

  /** Takes a pong; answers the pings it is the answer to. */
  pong(id: string): readonly SentPing[] {
    return this.#pings.answer(id);
  }

  /** This process slept: the other end is not to blame for what could not be read. */
  forgive(sleptMs: number): void {
    this.connectedAt += sleptMs;
    this.#pings.postpone(sleptMs);
  }

  close(name: CloseName): void {
    if (this.#closed) return;
    this.#closed = true;
    this.closedFor = name;
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

  #sendHeld(): void {
    const held = [...this.#heldFrames.values()];
    this.#heldFrames.clear();
    for (const send of held) send();
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
