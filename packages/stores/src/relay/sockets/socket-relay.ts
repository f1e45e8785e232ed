import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DroppedReports } from "../../dropped-reports.ts";
import { StoreError } from "../../errors.ts";
import { storeLimits } from "../../limits.ts";
import type { StoreReport } from "../../report.ts";
import type { InProcessRelay } from "../in-process/in-process-relay.ts";
import { localListeners } from "../local-listeners.ts";
import type { Relay, RelayListener } from "../port.ts";
import { Audience } from "./audience.ts";
import { Interests } from "./interests.ts";
import { isPeerAddress } from "./peer-address.ts";
import { SourceLine } from "./source-line.ts";

export interface SocketRelayOptions {
  /** Where to listen; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  /** Where other nodes reach it, `host:port`, if that is another address than the one listened at. */
  readonly advertise?: string | null | undefined;
  /** The node's name, for messages. */
  readonly node: string;
  /** What the nodes of one shard share and nobody else knows; 32 characters or more. */
  readonly secret: string;
  /** How many nodes may listen to this one, `storeLimits.relayPeers` if not said. */
  readonly linesMax?: number;
  /** Told of nodes that cannot be reached or break the rules, and of what was dropped. */
  readonly report: StoreReport;
}

/**
 * A relay without a server: every node opens a line to every other one, says over it what it listens to, and hears over
 * it what that node publishes. Lines are lost and renewed; what is published meanwhile is lost. Both ends prove that
 * they know the shard's secret; what goes over the line is neither hidden nor sealed, so it belongs in a private network.
 *
 * @example
 * const relay = await SocketRelay.start({ host: "10.0.0.7", port: 7411, node: "node_a", secret, report });
 * relay.setPeers([{ node: "node_b", address: "10.0.0.8:7411" }]);
 */
export class SocketRelay implements Relay {
  /** Where other nodes reach it: `host:port`. */
  readonly address: string;
  readonly #options: SocketRelayOptions;
  readonly #instance: string;
  readonly #audience: Audience;
  readonly #local: InProcessRelay;
  readonly #lines = new Map<string, SourceLine>();
  readonly #interests = new Interests((interest) => {
    for (const line of this.#lines.values()) line.tell(interest);
  });
  readonly #lost: DroppedReports;
  readonly #broken: DroppedReports;
  #closed = false;

  private constructor(
    options: SocketRelayOptions,
    { audience, instance }: { audience: Audience; instance: string },
  ) {
    const { host, advertise, report } = options;
    this.#options = options;
    this.#instance = instance;
    this.#audience = audience;
    this.address = advertise ?? `${host.includes(":") ? `[${host}]` : host}:${audience.port}`;
    this.#local = localListeners(report);
    this.#lost = new DroppedReports({ report, code: "RELAY_PEER_LOST" });
    this.#broken = new DroppedReports({ report, code: "RELAY_PEER_DROPPED" });
  }

  /**
   * Begins to listen. Nothing is heard from other nodes before {@link setPeers}.
   *
   * @throws StoreError `STORE_UNAVAILABLE` when the address cannot be used, here or by others.
   */
  static async start(options: SocketRelayOptions): Promise<SocketRelay> {
    const { host, advertise, secret, linesMax = storeLimits.relayPeers } = options;
    assert(secret.length >= 32, "The secret of a relay has 32 characters or more.");
    const isReachable = host !== "" && host !== "0.0.0.0" && host !== "::";
    assert(
      isReachable || typeof advertise === "string",
      `Others cannot reach "${host}": name an address to advertise.`,
    );
    assert(advertise == null || isPeerAddress(advertise), `"${advertise}" is no address to advertise.`);
    const instance = randomUUID();
    const audience = await Audience.open({ ...options, linesMax, instance });
    const relay = new SocketRelay(options, { audience, instance });
    if (isPeerAddress(relay.address)) return relay;
    await relay.close();
    const advice = "Name an address to advertise.";
    throw new StoreError(
      "STORE_UNAVAILABLE",
      `Others cannot be told to connect to ${relay.address}. ${advice}`,
    );
  }

  /** Says where the other nodes are. Lines to those named before stay as they are, others end. */
  setPeers(peers: readonly { readonly node: string; readonly address: string }[]): void {
    if (this.#closed) return;
    // A node that was started again may be named twice for a while, and must not be heard twice.
    const addresses = new Map(this.#reachable(peers).map(({ node, address }) => [address, node]));
    addresses.delete(this.address);
    for (const [address, line] of this.#lines) {
      if (addresses.has(address)) continue;
      line.end();
      this.#lines.delete(address);
    }
    for (const [address, node] of addresses) {
      if (!this.#lines.has(address)) this.#lines.set(address, this.#lineTo({ address, node }));
    }
  }

  /** What another node says of itself must not end this one. */
  #reachable<Peer extends { readonly node: string; readonly address: string }>(
    peers: readonly Peer[],
  ): Peer[] {
    return peers.filter(({ node, address }) => {
      if (isPeerAddress(address)) return true;
      this.#lost.add(`The relay cannot hear ${node}: "${address}" is no address. Set its relay_address.`);
      return false;
    });
  }

  publish(topic: string, payload: string): void {
    if (this.#closed) return;
    this.#audience.publish({ topic, payload });
    this.#local.publish(topic, payload);
  }

  subscribe(topic: string, listener: RelayListener): () => void {
    const { relayTopicText } = storeLimits;
    assert(topic.length <= relayTopicText, `A topic of this relay has ${relayTopicText} characters at most.`);
    const endLocal = this.#local.subscribe(topic, listener);
    const endInterest = this.#interests.add(topic);
    return () => {
      endLocal();
      endInterest();
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const line of this.#lines.values()) line.end();
    this.#lines.clear();
    this.#lost.close();
    this.#broken.close();
    await this.#local.close();
    await this.#audience.close();
  }

  #lineTo({ address, node: name }: { readonly address: string; readonly node: string }): SourceLine {
    const { node, secret } = this.#options;
    return new SourceLine({
      address,
      instance: this.#instance,
      node,
      secret,
      topics: () => this.#interests.topics(),
      objection: (instance) => this.#objection(instance),
      onFrame: ({ topic, payload }) => this.#local.publish(topic, payload),
      onLost: (reason) => this.#lost.add(`The relay cannot hear ${name} at ${reason}. It is tried again.`),
      onBroken: (reason) => this.#broken.add(`The relay let go of ${name} at ${reason}`),
    });
  }

  /** An old address may lead to a node that has a line already, or back to this one: nobody is heard twice. */
  #objection(instance: string): string | undefined {
    if (instance === this.#instance) return "The address leads back to this node.";
    const lines = [...this.#lines.values()];
    return lines.some((line) => line.instance === instance)
      ? "The node is heard over another line."
      : undefined;
  }
}
