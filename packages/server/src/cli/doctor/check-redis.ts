import { StoreError } from "@matchforge/stores/errors";
import { openRedis } from "@matchforge/stores/redis";
import type { Config } from "../../config/config.ts";
import type { FleetConfig } from "../../config/fleet-config.ts";
import { type Found, failOfStore, ok } from "./finding.ts";

/** Whether the fleet's Redis can be reached and, where it holds the log, keeps it. */
export async function checkRedis(
  { shard, allowUnsafe }: Config,
  { fleet, redis: url }: { readonly fleet: FleetConfig; readonly redis: string },
): Promise<Found> {
  try {
    // What its connections report on the way is found again in what they throw.
    const redis = await openRedis({ url, shard, allowUnsafe, report: () => {} });
    try {
      if (fleet.log === "postgres") return ok("can be used");
      await redis.checkForLog();
      const { position } = await redis.log().head();
      return ok(`can be used; its log ends at ${position}`);
    } finally {
      await redis.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return failOfStore("Redis", error);
  }
}
