import type { Config } from "../../config/config.ts";
import type { FleetConfig } from "../../config/fleet-config.ts";
import type { Check } from "./finding.ts";

/** The checks of a fleet's node. */
export async function fleetChecks(config: Config, fleet: FleetConfig): Promise<Check[]> {
  // A server that is alone never loads the drivers of databases.
  const [{ checkDatabase }, { checkShard }, { checkRedis }, { checkRelay }] = await Promise.all([
    import("./check-database.ts"),
    import("./check-shard.ts"),
    import("./check-redis.ts"),
    import("./check-relay.ts"),
  ]);
  const checks: Check[] = [
    ["database", () => checkDatabase(config, fleet)],
    ["shard", () => checkShard(config, fleet)],
  ];
  const { redis } = fleet;
  if (redis !== null) checks.push(["redis", () => checkRedis(config, { fleet, redis })]);
  if (fleet.relay === "nodes") checks.push(["relay", () => checkRelay(fleet)]);
  return checks;
}
