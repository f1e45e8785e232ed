import type { MessagePort } from "node:worker_threads";
import { type Archive, type Log, type StoredBatch, sqliteClientFrom } from "@matchforge/stores";
import type { Report } from "matchforge";
import type { FleetStores } from "./open-fleet-stores.ts";

/** Log and archive of a shard, as one thread has them open. */
export interface OpenStores {
  readonly log: Log;
  readonly archive: Archive;
  /** Tells of a batch that this thread applies without having read it here. */
  readonly see?: (batch: StoredBatch) => void;
  close(): Promise<void>;
}

/** How a thread comes by the stores of its shard; it can be sent to another thread. */
export type StoreSource =
  /** A line to the thread that owns the file. */
  { readonly kind: "sqlite"; readonly port: MessagePort } | ({ readonly kind: "fleet" } & FleetStores);

/** Opens the stores for the thread that asks. */
export async function openStores(source: StoreSource, report: Report): Promise<OpenStores> {
  if (source.kind === "fleet") {
    // A server that is alone never loads the drivers of databases.
    const { openFleetStores } = await import("./open-fleet-stores.ts");
    return openFleetStores(source, report);
  }
  const { log, archive } = sqliteClientFrom(source.port);
  return { log, archive, close: async () => {} };
}
