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
import type { Session } from "../session.ts";
import { firstPingInMs, Pings, type SentPing } from "./pings.ts";
import { listenFor, type PlayerSocket, type SocketOwner } from "./player-socket.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Messages over a limit before a client is sent away, and how fast that is forgiven. */
const overLimit = { max: 100, forgivenPerSecond: 10 };

/**
 * One socket: what it sends, how fast it may speak, and whether it is still there. Most sockets are idle, and a
 * node has many: what only some of them need is made when they do.
 */
export class Connection implements SocketOwner {
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
  readonly #socket: PlayerSocket;
  readonly #stream: Duplex;
  readonly #host: ConnectionHost;
  readonly #pings = new Pings();
  #messages: TokenBucket | null = null;
  #progress: TokenBucket | null = null;
  #overLimit: TokenBucket | null = null;
  #heldFrames: Map<string, () => void> | null = null;
  #corked = false;
  #closed = false;

  constructor(options: ConnectionOptions) {
    const { id, address, pathPlayer, now } = options;
    this.#host = options.host;
    this.id = id;
    this.address = address;
    this.pathPlayer = pathPlayer;
    this.connectedAt = now;
    this.nextPingAt = now + firstPingInMs(id);
    this.#socket = options.socket;
    this.#stream = options.stream;
    listenFor(this, options.socket);
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  /** Takes a message into account; answers 0, or how long to wait when it is over the limit. */
  admit(type: string, now: number): number {
    const waitMs = this.#bucketFor(type, now).take(now);
    if (waitMs === 0) return 0;
    this.#overLimit ??= new TokenBucket(overLimit.forgivenPerSecond, now, overLimit.max);
    if (this.#overLimit.take(now) > 0) this.close("flooding");
    return waitMs;
  }

  #bucketFor(type: string, now: number): TokenBucket {
    if (type === "game.progress") {
      this.#progress ??= new TokenBucket(wireLimits.progressMessagesPerSecond, now);
      return this.#progress;
    }
    this.#messages ??= new TokenBucket(wireLimits.messagesPerSecond, now);
    return this.#messages;
  }

  /** Sends a message; `id` is the request's in a reply, the event's in a push. */
  send<Type extends ServerMessageType>(type: Type, data: ServerMessages[Type], id: string): void {
    this.#write(encodeServerMessage(type, data, { id, ts: this.#host.wallClock() }));
  }

  /** Sends something that will soon be out of date. A reader that is behind gets the newest of its kind later. */
  sendFrame<Type extends ServerMessageType>(type: Type, data: ServerMessages[Type]): void {
    // The stream tells when such a reader has caught up, and only then.
    const isBehind = this.#stream.writableNeedDrain;
    if (isBehind) this.#hold(type, () => this.sendFrame(type, data));
    else this.send(type, data, this.#host.nextFrameId());
  }

  refuse(
    code: ErrorCode,
    id: string,
    detail: { readonly message?: string; readonly retryAfterMs?: number } = {},
  ): void {
    const { message = errorCatalogue[code].happened, retryAfterMs } = detail;
    this.#host.refused(code);
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
    const id = this.#host.nextFrameId();
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
    this.#host.closed(this);
  }

  receivedFrom(data: Buffer, isBinary: boolean): void {
    this.#host.received(this, { data, isBinary });
  }

  /** The other end is gone. */
  closedByPeer(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#host.closed(this);
  }

  /** Ends it at once, without waiting for the other end's close. */
  terminate(): void {
    this.closedByPeer();
    this.#socket.terminate();
  }

  #hold(type: string, send: () => void): void {
    if (this.#heldFrames === null) {
      this.#heldFrames = new Map();
      this.#stream.once("drain", () => this.#sendHeld());
    }
    this.#heldFrames.set(type, send);
  }

  #sendHeld(): void {
    const held = this.#heldFrames?.values() ?? [];
    this.#heldFrames = null;
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

/** What all connections of a gateway share. */
export interface ConnectionHost {
  readonly wallClock: () => number;
  readonly nextFrameId: () => string;
  readonly received: (
    connection: Connection,
    message: { readonly data: Buffer; readonly isBinary: boolean },
  ) => void;
  readonly refused: (code: ErrorCode) => void;
  readonly closed: (connection: Connection) => void;
}

export interface ConnectionOptions {
  readonly id: number;
  readonly host: ConnectionHost;
  readonly socket: PlayerSocket;
  readonly stream: Duplex;
  readonly address: string;
  readonly pathPlayer: string | null;
  readonly now: number;
}
