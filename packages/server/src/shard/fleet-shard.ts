import type { Rules } from "@matchforge/core";
import { StoreError } from "@matchforge/stores";
import type { FleetConfig } from "../config/fleet-config.ts";
import type { UnsafeName } from "../config/fleet-settings.ts";
import { compareRelays } from "./compare-relays.ts";
import { openFleetRelay } from "./open-fleet-relay.ts";
import { type RunningShard, type ShardOptions, startShardOn } from "./running-shard.ts";
import { type FleetStores, openFleetStores } from "./stores/open-fleet-stores.ts";
import { withOutsideView } from "./with-outside-view.ts";

/** The name by which an operator accepts stakes on a log that can lose its last moments. */
const relaxedStakes: UnsafeName = "relaxed_stakes";

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
  if (fleet.log === "redis" && !allowUnsafe.includes(relaxedStakes)) refuseStakes(options.rules);
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

/** The log in Redis can lose its last moments, and money must not be among them. */
function refuseStakes({ modes }: Rules): void {
  const wagered = modes.filter(({ stakes }) => stakes.length > 0).map(({ id }) => id);
  if (wagered.length === 0) return;
  const names = wagered.join(", ");
  const advice = `Play them on log = "postgres", or accept the loss by name: allow_unsafe = ["${relaxedStakes}"]`;
  throw new StoreError(
    "UNSAFE_SETTINGS",
    `The log in Redis can lose its last moments, and ${names} have stakes. ${advice}`,
  );
}
