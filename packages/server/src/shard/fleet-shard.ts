import { StoreError } from "@matchforge/stores";
import type { FleetConfig } from "../config/fleet-config.ts";
import { compareRelays } from "./compare-relays.ts";
import { openFleetRelay } from "./open-fleet-relay.ts";
import { type RunningShard, type ShardOptions, startShardOn } from "./running-shard.ts";
import { stakesRefusal } from "./stakes-refusal.ts";
import { type FleetStores, openFleetStores } from "./stores/open-fleet-stores.ts";
import { withOutsideView } from "./with-outside-view.ts";

/**
 * Starts this process's node of a shard that a fleet shares.
 *
 * @throws StoreError when a store cannot be reached or is not safe, EngineError where this node cannot be part of
 * the shard. A start that fails leaves nothing behind.
 * @example
 * const shard = await startFleetShard({ fleet, shard: "main", shardSecret, rules, allowUnsafe: [], kernelLevels, report, onFatal });
 */
export async function startFleetShard(
  options: ShardOptions & {
    readonly fleet: FleetConfig;
    readonly shard: string;
    readonly allowUnsafe: readonly string[];
  },
): Promise<RunningShard> {
  const { fleet, shard, allowUnsafe, report } = options;
  const { database, redis } = fleet;
  const refusal = stakesRefusal(options.rules, options);
  if (refusal !== null) throw new StoreError("UNSAFE_SETTINGS", refusal);
  const where: FleetStores = { shard, database, redisLog: fleet.log === "redis" ? redis : null, allowUnsafe };
  const stores = await openFleetStores(where, report);
  try {
    const { relay, view, address, follow } = await openFleetRelay(options);
    try {
      const running = await startShardOn(stores, {
        ...options,
        name: fleet.node,
        shared: true,
        relay,
        address,
        source: { kind: "fleet", ...where },
        transfer: [],
      });
      follow(running.node);
      compareRelays(running.node, { address, report });
      return view === null ? running : withOutsideView(running, { view, report });
    } catch (error) {
      await relay.close();
      throw error;
    }
  } catch (error) {
    await stores.close();
    throw error;
  }
}
