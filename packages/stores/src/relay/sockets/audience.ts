import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { DroppedReports } from "../../dropped-reports.ts";
import { StoreError } from "../../errors.ts";
import { storeLimits } from "../../limits.ts";
import type { StoreReport } from "../../report.ts";
import { AudienceMember } from "./audience-member.ts";
import { type Frame, frameText } from "./frames.ts";
import type { Interest } from "./interest.ts";

export interface AudienceOptions {
  readonly host: string;
  readonly port: number;
  readonly instance: string;
  readonly node: string;
  readonly secret: string;
  /** How many nodes may listen. */
  readonly linesMax: number;
  readonly report: StoreReport;
}

/** The nodes that listen to this one, and what each of them listens to. */
export class Audience {
  readonly #options: AudienceOptions;
  readonly #server: Server;
  readonly #members = new Map<AudienceMember, Set<string>>();
  readonly #topics = new Map<string, Set<AudienceMember>>();
  readonly #connections = new Set<Socket>();
  readonly #broken: DroppedReports;
  readonly #dropped: DroppedReports;

  private constructor(options: AudienceOptions) {
    const { report, linesMax } = options;
    this.#options = options;
    this.#broken = new DroppedReports({ report, code: "RELAY_PEER_DROPPED" });
    this.#dropped = new DroppedReports({ report, code: "RELAY_DROPPED" });
    // Whoever opens a connection has to become a line at once, and so many can at all.
    const timeouts = {
      requestTimeout: storeLimits.relayGreetingMs,
      headersTimeout: storeLimits.relayGreetingMs,
      connectionsCheckingInterval: storeLimits.relayGreetingMs,
    };
    this.#server = createServer(timeouts, (_request, response) => {
      response.writeHead(426, { connection: "close" }).end();
    });
    this.#server.maxConnections = linesMax;
    this.#server.on("connection", (connection) => {
      this.#connections.add(connection);
      connection.once("close", () => this.#connections.delete(connection));
    });
    this.#server.on("drop", () => this.#broken.add(`The relay has ${linesMax} lines and takes no more.`));
    const sockets = new WebSocketServer({
      server: this.#server,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: storeLimits.relayFrameBytes,
    });
    sockets.on("connection", (socket, { socket: { remoteAddress, remotePort } }) => {
      this.#accept(socket, `${remoteAddress}:${remotePort}`);
    });
    // Failures of the server below are told where they happen; without a listener they would end the process.
    sockets.on("error", () => {});
  }

  /**
   * Begins to listen.
   *
   * @throws StoreError `STORE_UNAVAILABLE` when the address cannot be used.
   */
  static async open(options: AudienceOptions): Promise<Audience> {
    const audience = new Audience(options);
    const { host, port } = options;
    await new Promise<void>((resolve, reject) => {
      audience.#server.once("listening", resolve);
      audience.#server.once("error", (cause) => {
        const advice = "Choose another address or stop what uses it.";
        const reason = `The relay cannot listen at ${host}:${port} (${cause.message}). ${advice}`;
        reject(new StoreError("STORE_UNAVAILABLE", reason, { cause }));
      });
      audience.#server.listen(port, host);
    });
    return audience;
  }

  /** The port that was taken. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Sends a message to whoever listens to its topic. */
  publish(frame: Frame): void {
    const members = this.#topics.get(frame.topic);
    if (members === undefined) return;
    if (frame.payload.length > storeLimits.relayMessageText) {
      this.#dropped.add(
        `A message of ${frame.payload.length} characters is too long for the relay and was dropped.`,
      );
      return;
    }
    const text = frameText(frame);
    for (const member of members) member.send(text);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const member of this.#members.keys()) member.end();
    // Also those that never became a line, or whose other end went without a word.
    for (const connection of this.#connections) connection.destroy();
    this.#broken.close();
    this.#dropped.close();
    await closed;
  }

  #accept(socket: WebSocket, from: string): void {
    const { instance, node, secret } = this.#options;
    const member = new AudienceMember({
      socket,
      from,
      instance,
      node,
      secret,
      onInterest: (interest) => this.#take(member, interest),
      onBroken: (reason) => this.#broken.add(`The relay let go of ${reason}.`),
      onDropped: (reason) => this.#dropped.add(reason),
    });
    this.#members.set(member, new Set());
    socket.once("close", () => {
      this.#take(member, { begin: [], cease: [...(this.#members.get(member) ?? [])] });
      this.#members.delete(member);
    });
  }

  #take(member: AudienceMember, { begin, cease }: Interest): void {
    const topics = this.#members.get(member) ?? new Set();
    for (const topic of cease) {
      topics.delete(topic);
      const others = this.#topics.get(topic);
      others?.delete(member);
      if (others?.size === 0) this.#topics.delete(topic);
    }
    for (const topic of begin) {
      assert(
        topics.size < storeLimits.relayTopics,
        `It listens to more than ${storeLimits.relayTopics} topics.`,
      );
      topics.add(topic);
      const others = this.#topics.get(topic);
      if (others === undefined) this.#topics.set(topic, new Set([member]));
      else others.add(member);
    }
  }
}
