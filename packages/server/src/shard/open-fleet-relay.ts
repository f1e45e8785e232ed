import type { OutsideView, Relay } from "@matchforge/stores";
import { openRedis } from "@matchforge/stores/redis";
import { SocketRelay } from "@matchforge/stores/sockets";
import type { EngineNode, Report } from "matchforge";
import type { FleetConfig } from "../config/fleet-config.ts";

/** The relay of a fleet's node, and what else it has in Redis. */
export interface FleetRelay {
  /** Its end is the end of everything else here. */
  readonly relay: Relay;
  /** Where other nodes reach it; null where they need not. */
  readonly address: string | null;
  /** Learns from the shard where the other nodes are. */
  follow(node: EngineNode): void;
  /** Where outside readers look; null without Redis. */
  readonly view: OutsideView | null;
}

/** Opens the relay that the settings choose. */
export async function openFleetRelay(options: {
  readonly fleet: FleetConfig;
  readonly shard: string;
  /** Settings of the stores that are accepted as they are. */
  readonly allowUnsafe: readonly string[];
  readonly shardSecret: string;
  readonly report: Report;
}): Promise<FleetRelay> {
  const { fleet, shard, allowUnsafe, report } = options;
  if (fleet.redis === null) return { ...(await openSocketRelay(options)), view: null };
  const redis = await openRedis({ url: fleet.redis, shard, allowUnsafe, report });
  try {
    const opened =
      fleet.relay === "redis"
        ? { relay: redis.relay(), address: null, follow: () => {} }
        : await openSocketRelay(options);
    const close = async () => {
      await opened.relay.close();
      await redis.close();
    };
    return { ...opened, relay: withClose(opened.relay, close), view: redis.view() };
  } catch (error) {
    await redis.close();
    throw error;
  }
}

async function openSocketRelay({
  fleet,
  shardSecret,
  report,
}: Parameters<typeof openFleetRelay>[0]): Promise<Omit<FleetRelay, "view">> {
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
