import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Entry, KernelEvent, MatchId, PlayerId } from "@matchforge/core";
import { type ClientMessage, wireLimits } from "@matchforge/protocol";
import { parseClientMessage } from "@matchforge/protocol/validate";
import type { Server } from "ws";
import { Heartbeat } from "./heartbeat.ts";
import { loadingViewOf, takeLoadingProgress } from "./loading-progress.ts";
import { MatchRooms } from "./match-rooms.ts";
import type { GatewayDeps } from "./ports.ts";
import { Pushes } from "./pushes.ts";
import { QueueUpdates } from "./queue-updates.ts";
import { CommandQueue } from "./requests/command-queue.ts";
import { takeProgress } from "./requests/game-progress.ts";
import { positionOfEvent, type Session } from "./session.ts";
import { SignIn } from "./sign-in.ts";
import { Connection, type ConnectionHost } from "./socket/connection.ts";
import type { PlayerSocket } from "./socket/player-socket.ts";
import { refuseUpgrade, upgradePath } from "./socket/upgrade.ts";
import { createWebSocketServer } from "./socket/web-socket-server.ts";
import { Staleness } from "./staleness.ts";
import { StallWatch } from "./stall-watch.ts";
import { ProgressRelay } from "./typing/progress-relay.ts";

/**
 * Speaks with players over WebSockets: signs them in, puts their requests into the log, and tells them what
 * happens to them. It holds nothing that the log does not hold, so any node can take over its players.
 */
export class Gateway {
  readonly #deps: GatewayDeps;
  readonly #server: Server<typeof PlayerSocket>;
  readonly #connections = new Set<Connection>();
  readonly #perAddress = new Map<string, number>();
  readonly #sessions = new Map<PlayerId, Session>();
  readonly #rooms: MatchRooms;
  readonly #pushes: Pushes;
  readonly #signIn: SignIn;
  readonly #heartbeat: Heartbeat;
  readonly #queueUpdates: QueueUpdates;
  readonly #progress: ProgressRelay;
  readonly #staleness: Staleness;
  readonly #stalls = new StallWatch();
  readonly #host: ConnectionHost;
  #connectionCount = 0;
  #frames = 0;
  #draining = false;

  /** The node must have read the log before. */
  constructor(deps: GatewayDeps) {
    this.#deps = deps;
    this.#staleness = new Staleness(deps.clock.now());
    this.#server = createWebSocketServer();
    this.#host = {
      wallClock: deps.wallClock,
      nextFrameId: () => {
        this.#frames += 1;
        return `server_${this.#frames}`;
      },
      received: (connection, message) => this.#receive(connection, message),
      refused: (code) => deps.metrics.refused(code),
      closed: (connection) => this.#closed(connection),
    };
    const sessionOf = (player: PlayerId) => this.#sessions.get(player);
    this.#rooms = new MatchRooms(deps.node.state);
    this.#pushes = new Pushes({ deps, rooms: this.#rooms, sessionOf, sessions: this.#sessions });
    this.#progress = new ProgressRelay({
      relay: deps.relay,
      loadingOf: (match) => loadingViewOf(deps, match),
    });
    this.#signIn = new SignIn({
      deps,
      replace: (session) => this.#register(session),
      isDraining: () => this.#draining,
      signedIn: (session) => this.#pushes.sync(session),
    });
    this.#heartbeat = new Heartbeat({ deps, connections: this.#connections, staleness: this.#staleness });
    this.#queueUpdates = new QueueUpdates({ deps, sessions: this.#sessions });
    deps.node.onApplied((entry, events) => this.#applied(entry, events));
    this.#heartbeat.start();
    this.#queueUpdates.start();
  }

  get connections(): number {
    return this.#connections.size;
  }

  get signedIn(): number {
    return this.#sessions.size;
  }

  /** How long this node has applied nothing while it was awake. */
  get idleMs(): number {
    return this.#staleness.idleMs;
  }

  /** Takes over an HTTP upgrade. */
  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const path = upgradePath(request.url);
    if (path === undefined) return refuseUpgrade(stream, "NOT_FOUND");
    if (this.#draining) return refuseUpgrade(stream, "DRAINING");
    if (!this.#deps.mayConnect(request.headers.origin, request.headers.host))
      return refuseUpgrade(stream, "FORBIDDEN");
    const address = this.#deps.addressOf(request);
    this.#server.handleUpgrade(request, stream, head, (socket) => {
      const connection = this.#open(socket, stream, { address, pathPlayer: path.player });
      const { connectionsMax, connectionsPerAddressMax } = this.#deps;
      const isFull = this.#connections.size > (connectionsMax ?? wireLimits.connectionsPerNodeMax);
      const ofAddress = this.#perAddress.get(address) ?? 0;
      if (!isFull && ofAddress <= (connectionsPerAddressMax ?? wireLimits.connectionsPerAddressMax)) return;
      connection.refuse("POOL_FULL", "", { retryAfterMs: 5_000 });
      connection.close("tryAgainLater");
    });
  }

  /** Announces the end of this node and takes nobody new. */
  drain(): void {
    this.#draining = true;
    const { drainReconnectMinMs, drainReconnectsPerSecond } = wireLimits;
    // Each waits a little longer than the one before: the other nodes take them one after the other.
    for (const [index, connection] of [...this.#connections].entries()) {
      const reconnect_after_ms = drainReconnectMinMs + Math.floor((index * 1_000) / drainReconnectsPerSecond);
      connection.sendFrame("server.draining", { reconnect_after_ms });
    }
  }

  /** Sends everybody away. Nobody is reported as gone: the node's own end does that, and extends deadlines. */
  close(): void {
    this.#draining = true;
    this.#heartbeat.stop();
    this.#queueUpdates.stop();
    this.#signIn.stop();
    for (const connection of [...this.#connections]) connection.close("serviceRestart");
    this.#server.close();
  }

  #open(
    socket: PlayerSocket,
    stream: Duplex,
    { address, pathPlayer }: { address: string; pathPlayer: string | null },
  ): Connection {
    this.#connectionCount += 1;
    const connection = new Connection({
      id: this.#connectionCount,
      host: this.#host,
      socket,
      stream,
      address,
      pathPlayer,
      now: this.#deps.clock.now(),
    });
    this.#connections.add(connection);
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1);
    this.#deps.metrics.connected(1);
    return connection;
  }

  #closed(connection: Connection): void {
    this.#connections.delete(connection);
    const left = (this.#perAddress.get(connection.address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(connection.address, left);
    else this.#perAddress.delete(connection.address);
    this.#deps.metrics.connected(-1);
    const { session } = connection;
    if (session === null) return;
    session.typing?.end();
    this.#progress.leave(session);
    if (this.#sessions.get(session.player) === session) this.#sessions.delete(session.player);
    this.#signIn.signOut(session);
  }

  #register(session: Session): void {
    const older = this.#sessions.get(session.player);
    this.#sessions.set(session.player, session);
    older?.connection.close("replaced");
    this.#progress.follow(session, this.#deps.node.state);
  }

  #receive(connection: Connection, { data, isBinary }: { data: Buffer; isBinary: boolean }): void {
    if (!connection.isOpen) return;
    if (isBinary) return connection.refuse("BINARY_NOT_SUPPORTED", "");
    const parsed = parseClientMessage(data.toString("utf8"));
    const type = parsed.ok ? parsed.message.type : "invalid";
    const waitMs = connection.admit(type, this.#deps.clock.now());
    this.#deps.metrics.received(type);
    if (waitMs > 0)
      return connection.refuse("RATE_LIMITED", parsed.ok ? parsed.message.id : parsed.id, {
        retryAfterMs: waitMs,
      });
    if (!parsed.ok) return connection.refuse(parsed.code, parsed.id, { message: parsed.message });
    try {
      this.#handle(connection, parsed.message);
    } catch (error) {
      this.#deps.logger.error({ error, type }, "a message could not be handled");
      connection.refuse("INTERNAL_ERROR", parsed.message.id);
    }
  }

  #handle(connection: Connection, message: ClientMessage): void {
    if (message.type === "auth") return this.#signIn.take(connection, message);
    const { session } = connection;
    if (session === null) return connection.refuse("NOT_AUTHENTICATED", message.id);
    if (message.type === "pong") return this.#pong(session, message);
    if (this.#staleness.refuses) {
      return connection.refuse("STORE_UNAVAILABLE", message.id, { retryAfterMs: 1_000 });
    }
    if (message.type === "game.progress") {
      takeProgress(this.#deps, session, message).catch((error: unknown) => {
        this.#deps.logger.error({ error }, "keys could not be taken");
        connection.refuse("INTERNAL_ERROR", message.id);
      });
      return;
    }
    if (message.type === "match.loaded" && (message.data.progress ?? 1) < 1)
      return takeLoadingProgress(this.#deps, session, message);
    session.commands ??= new CommandQueue(this.#deps, session);
    session.commands.take(message);
  }

  /** A client that has not seen what it was sent before the ping has lost something: it is told everything. */
  #pong(session: Session, { id, data }: Extract<ClientMessage, { type: "pong" }>): void {
    const answered = session.connection.pong(id);
    for (const { found } of answered) if (found !== null) this.#confirm(session, found);
    const shown = answered.at(-1)?.lastEvent;
    const seen = data.last_event === undefined ? undefined : positionOfEvent(data.last_event);
    if (shown !== undefined && seen !== undefined && seen < shown) this.#pushes.sync(session);
  }

  /** The client has read what came before the ping: a found match has been delivered. */
  #confirm(session: Session, id: MatchId): void {
    const match = this.#deps.node.state.matches.get(id);
    const own = match?.players.find((player) => player.id === session.player);
    if (match?.phase.state !== "MATCHED" || own === undefined || own.notified || own.accepted) return;
    void this.#deps.node.submit({ type: "match.notified", match: id, player: session.player });
  }

  #applied(entry: Entry, events: readonly KernelEvent[]): void {
    this.#staleness.applied();
    for (const event of events) {
      try {
        this.#tell(entry, event);
      } catch (error) {
        this.#deps.logger.error(
          { error, event: event.type, position: entry.position },
          "an event could not be told",
        );
      }
    }
    if (this.#stalls.moved(this.#deps.node.state)) this.#tellDeadlinesAgain();
  }

  /** Shard time stood still: what players in matches know as deadlines has moved. */
  #tellDeadlinesAgain(): void {
    const { players } = this.#deps.node.state;
    for (const session of this.#sessions.values()) {
      if (players.get(session.player)?.match) this.#pushes.sync(session);
    }
  }

  #tell(entry: Entry, event: KernelEvent): void {
    this.#rooms.before(event);
    if (event.type === "player.connected") this.#replaceOlder(event.player, event.epoch);
    if (event.type === "match.created") {
      for (const { player } of event.players) {
        const session = this.#sessions.get(player);
        if (session !== undefined) this.#progress.join(session, event.match);
      }
    }
    this.#pushes.event(entry, event);
    this.#queueUpdates.notice(event);
    if (
      event.type === "match.resolved" ||
      event.type === "match.cancelled" ||
      event.type === "match.voided"
    ) {
      for (const player of this.#rooms.of(event.match).players) {
        const session = this.#sessions.get(player);
        if (session !== undefined) this.#progress.leave(session);
      }
    }
    if (event.type === "node.orphaned") for (const player of event.players) this.#sendOrphanAway(player);
    this.#rooms.after(event);
  }

  /** The player has signed in elsewhere: the newest connection wins. */
  #replaceOlder(player: PlayerId, epoch: number): void {
    const session = this.#sessions.get(player);
    if (session !== undefined && session.epoch < epoch) session.connection.close("replaced");
  }

  /** The shard took this node for lost: its players must sign in anew. */
  #sendOrphanAway(player: PlayerId): void {
    const session = this.#sessions.get(player);
    if (session === undefined || this.#draining) return;
    if (this.#deps.node.state.players.get(player)?.epoch !== session.epoch)
      session.connection.close("serviceRestart");
  }
}
