import type { Relay } from "@matchforge/stores";
import { openRedis } from "@matchforge/stores/redis";
import { SocketRelay } from "@matchforge/stores/sockets";
import type { EngineNode, Report } from "matchforge";
import type { FleetConfig } from "../config/fleet-config.ts";

/** The relay of a fleet's node. */
export interface FleetRelay {
  readonly relay: Relay;
  /** Where other nodes reach it; null where they need not. */
  readonly address: string | null;
  /** Learns from the shard where the other nodes are. */
  follow(node: EngineNode): void;
}

/** Opens the relay that the settings choose. */
export async function openFleetRelay(options: {
  readonly fleet: FleetConfig;
  readonly shard: string;
  readonly shardSecret: string;
  readonly report: Report;
}): Promise<FleetRelay> {
  const { fleet, shard, shardSecret, report } = options;
  if (fleet.relay === "redis" && fleet.redis !== null) {
    const redis = await openRedis({ url: fleet.redis, shard, report });
    const relay = redis.relay();
    const close = async () => {
      await relay.close();
      await redis.close();
    };
    return { relay: { ...withClose(relay, close) }, address: null, follow: () => {} };
  }
  const relay = await SocketRelay.start({
    host: fleet.relayHost,
    port: fleet.relayPort,
    advertise: fleet.relayAddress,
    node: fleet.node,
    secret: shardSecret,
    report,
  });
  return { relay, address: relay.address, follow: (node) => followPeers(relay, node) };
}

function withClose(relay: Relay, close: () => Promise<void>): Relay {
  return {
    publish: (topic, payload) => relay.publish(topic, payload),
    subscribe: (topic, listener) => relay.subscribe(topic, listener),
    close,
  };
}

/** The addresses of the other nodes stand in the shard's state. */
function followPeers(relay: SocketRelay, node: EngineNode): void {
  const tell = () => {
    const others = [...node.state.nodes.values()].filter(({ id }) => id !== node.key);
    relay.setPeers(others.flatMap(({ id, address }) => (address === null ? [] : [{ node: id, address }])));
  };
  node.replica.onApplied((_entry, events) => {
    if (events.some(({ type }) => type === "node.up" || type === "node.lost")) tell();
  });
  tell();
}
