import { connect as connectPlain } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { AbstractConnector, type RedisOptions } from "ioredis";
import type { RedisAddress, RedisNode } from "./address.ts";
import { slotNodesOf } from "./cluster-nodes.ts";

type Connector = NonNullable<RedisOptions["Connector"]>;

/** How long a connection that was ended in order may still take before it is cut. */
const endMs = 500;

/**
 * Leads each new connection to whoever holds the slot of `key` at that moment. All keys of a shard lie in one slot, so
 * a connection to its master is all a shard needs of a cluster: no command is ever sent twice behind our back, and
 * what is published goes one way in one order.
 */
export function slotConnector(address: RedisAddress, key: string): Connector {
  let known: readonly RedisNode[] = address.nodes;

  /** One server's view may be old, so another one is asked first each time. */
  async function findMaster(): Promise<RedisNode> {
    const candidates = shuffled(known);
    for (const node of candidates) {
      try {
        const found = await slotNodesOf({ address, node }, key);
        if (found === undefined) continue;
        known = [...address.nodes, ...found.all];
        return found.master;
      } catch {
        // Whoever is down is passed over; that nobody answers shows when the connection below fails.
      }
    }
    return candidates[0];
  }

  return class SlotConnector extends AbstractConnector {
    constructor() {
      super(endMs);
    }

    async connect() {
      this.connecting = true;
      const { host, port } = await findMaster();
      if (!this.connecting) throw new Error("Connection is closed.");
      const stream = address.tls
        ? connectSecurely({ host, port, servername: host })
        : connectPlain({ host, port });
      stream.once("error", (error) => {
        this.firstError = error;
      });
      this.stream = stream;
      return stream;
    }
  };
}

function shuffled(nodes: readonly RedisNode[]): RedisNode[] {
  const byPlace = new Map(nodes.map((node) => [`${node.host}:${node.port}`, node]));
  return [...byPlace.values()]
    .map((node) => ({ node, weight: Math.random() }))
    .sort((left, right) => left.weight - right.weight)
    .map(({ node }) => node);
}
