import { StoreError } from "@matchforge/stores/errors";
import { inspectPostgres } from "@matchforge/stores/postgres";
import type { Config } from "../../config/config.ts";
import type { FleetConfig } from "../../config/fleet-config.ts";
import { schemaOf } from "../../shard/stores/open-fleet-stores.ts";
import { type Found, failOfStore, ok, warn } from "./finding.ts";

/** Whether the fleet's database can be reached, loses nothing, and has the schema that this build knows. */
export async function checkDatabase(
  { shard, allowUnsafe }: Config,
  { database }: FleetConfig,
): Promise<Found> {
  const schema = schemaOf(shard);
  try {
    const { version, newest } = await inspectPostgres({ url: database, schema, allowUnsafe });
    if (version === newest) return ok(`can be used; ${schema} has version ${version}`);
    if (version === 0) return ok(`can be used; ${schema} is made at the first start`);
    return warn(
      `can be used; ${schema} has version ${version}`,
      `The next start of this build brings it to ${newest}; builds that do not know that one start no more.`,
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return failOfStore("the database", error);
  }
}
