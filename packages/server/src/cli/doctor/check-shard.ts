import { join } from "node:path";
import { type EpochOpened, sha256Hex } from "@matchforge/core";
import type { Archive } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import { inspectPostgres, openPostgres } from "@matchforge/stores/postgres";
import { createSecretDice } from "matchforge";
import { readSharedSecret, SecretError, secretFiles } from "../../auth/secrets.ts";
import type { Config } from "../../config/config.ts";
import type { FleetConfig } from "../../config/fleet-config.ts";
import { schemaOf } from "../../shard/stores/open-fleet-stores.ts";
import { systemHmac } from "../../shard/threads/system-hmac.ts";
import { type Found, fail, failOfStore, ok, warn } from "./finding.ts";

/** Entries that the archive may be behind the log: more than a few seconds of a busy shard. */
const behindMax = 50_000;

/** How far the shard's log and archive are, and whether this node's secret is the shard's. */
export async function checkShard(config: Config, { database }: FleetConfig): Promise<Found> {
  const { allowUnsafe } = config;
  const where = { url: database, schema: schemaOf(config.shard), allowUnsafe };
  try {
    const { version, newest } = await inspectPostgres(where);
    if (version === 0) return ok("not there yet; made at the first start");
    // To open it would be to migrate it.
    if (version !== newest) return ok("not looked at until the database has this build's version");
    const postgres = await openPostgres(where);
    try {
      const archive = postgres.archive();
      const { position } = await postgres.log().head();
      return (
        (await refuseSecret(config, archive)) ?? progressOf({ position, cursor: await archive.cursor() })
      );
    } finally {
      await postgres.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return failOfStore("the shard", error);
  }
}

function progressOf({ position, cursor }: { readonly position: number; readonly cursor: number }): Found {
  const detail = `${position} entries in the database, ${cursor} archived`;
  if (position - cursor <= behindMax) return ok(detail);
  return warn(
    detail,
    "The archive is far behind: see what the leading node reports, and how busy the database is.",
  );
}

/**
 * Holds this node's secret against the shard's first epoch. A shard never changes its secret, and that one stands near
 * the beginning of the archive, so no state has to be restored. A secret that cannot be read has a finding of its own.
 */
async function refuseSecret({ dataDir }: Config, archive: Archive): Promise<Found | null> {
  const [first] = await archive.events({ from: { position: 0, index: 0 }, limit: 1, type: "epoch.opened" });
  const secret = secretIn(join(dataDir, secretFiles.shard));
  if (first === undefined || secret === null) return null;
  const { number, hash } = JSON.parse(first.payload) as EpochOpened;
  if (sha256Hex(createSecretDice(secret, systemHmac).secretOf(number)) === hash) return null;
  return fail(
    `${secretFiles.shard} is not the secret of this shard`,
    "Copy both secrets from a node that runs, or check the names of shard and database.",
  );
}

function secretIn(path: string): string | null {
  try {
    return readSharedSecret(path);
  } catch (error) {
    if (error instanceof SecretError || (error as NodeJS.ErrnoException).code !== undefined) return null;
    throw error;
  }
}
