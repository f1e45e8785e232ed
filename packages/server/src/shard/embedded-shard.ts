import { join } from "node:path";
import { InProcessRelay, openSqliteFile } from "@matchforge/stores";
import { type RunningShard, type ShardOptions, startShardOn } from "./running-shard.ts";

/** The file that holds log and archive, in the data folder. */
export const shardFileName = "matchforge.db";

/**
 * Starts a shard from its file, alone: everything is in this process.
 *
 * @throws StoreError when the file cannot be used. A start that fails leaves nothing behind.
 * @example
 * const shard = await startEmbeddedShard({ dataDir: "data", shardSecret, rules, kernelLevels, report, onFatal });
 */
export async function startEmbeddedShard(
  options: ShardOptions & { readonly dataDir: string },
): Promise<RunningShard> {
  const { report } = options;
  const file = await openSqliteFile({ path: join(options.dataDir, shardFileName) });
  try {
    const relay = new InProcessRelay({
      onError: (error, topic) => report({ code: "RELAY_LISTENER_FAILED", detail: `${topic}: ${error}` }),
    });
    const port = file.connectPort();
    return await startShardOn(
      { log: file.log(), archive: file.archive(), close: () => file.close() },
      {
        ...options,
        name: "embedded",
        shared: false,
        relay,
        address: null,
        source: { kind: "sqlite", port },
        transfer: [port],
      },
    );
  } catch (error) {
    await file.close();
    throw error;
  }
}
