import { join } from "node:path";
import type { Command, Rules } from "@matchforge/core";
import {
  type Archive,
  InProcessRelay,
  openSqliteFile,
  type Relay,
  type SqliteFile,
  type StoredBatch,
} from "@matchforge/stores";
import { createSecretDice, type Dice, EngineNode, ledgerChain, type Report } from "matchforge";
import { EngineThreadHost } from "./threads/engine-thread-host.ts";
import { systemClock } from "./threads/system-clock.ts";
import { systemHmac } from "./threads/system-hmac.ts";
import { systemIds } from "./threads/system-ids.ts";

/** A whole shard in this process: its file, its node, and the thread that matches and archives. */
export interface EmbeddedShard {
  readonly node: EngineNode;
  readonly archive: Archive;
  readonly relay: Relay;
  readonly dice: Dice;
  /** Hands over what is outstanding, stores a snapshot and closes the file. */
  stop(): Promise<void>;
}

/** The file that holds log and archive, in the data folder. */
export const shardFileName = "matchforge.db";

/** What an embedded shard is started with. */
export interface EmbeddedShardOptions {
  readonly dataDir: string;
  /** Hex, 32 bytes or more. */
  readonly shardSecret: string;
  readonly rules: Rules;
  readonly report: Report;
  /** This process can no longer be trusted and must end. */
  readonly onFatal: (error: unknown) => void;
}

/**
 * Starts a shard from its file: restores the newest snapshot, replays the rest of the log, and goes on where
 * it stood.
 *
 * @throws StoreError when the file cannot be used. A start that fails leaves nothing behind.
 * @example
 * const shard = await startEmbeddedShard({ dataDir: "data", shardSecret, rules, report, onFatal });
 */
export async function startEmbeddedShard(options: EmbeddedShardOptions): Promise<EmbeddedShard> {
  const file = await openSqliteFile({ path: join(options.dataDir, shardFileName) });
  try {
    return await startOn(file, options);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function startOn(file: SqliteFile, options: EmbeddedShardOptions): Promise<EmbeddedShard> {
  const { shardSecret, rules, report, onFatal } = options;
  const archive = file.archive();
  const snapshotAtMost = await archive.cursor();
  const dice = createSecretDice(shardSecret, systemHmac);
  let forward = (_batch: StoredBatch): void => {};
  const node: EngineNode = new EngineNode({
    log: file.log(),
    name: "embedded",
    boot: systemIds.next("ticket").slice("ticket_".length),
    clock: systemClock,
    dice,
    chain: ledgerChain,
    rules,
    report,
    onFatal,
    shared: false,
    snapshotAtMost,
    onBatch: (batch) => forward(batch),
  });
  const thread = new EngineThreadHost({
    data: { node: node.key, shardSecret, snapshotAtMost, filePort: file.connectPort() },
    submit: (command: Command) => void node.submit(command),
    report,
    onFatal,
  });
  try {
    const readUpTo = await thread.ready;
    forward = (batch) => {
      if (batch.first > readUpTo) thread.forward(batch);
    };
    await node.start();
  } catch (error) {
    await thread.terminate();
    await node.halt();
    throw error;
  }
  const relay = new InProcessRelay({
    onError: (error, topic) => report({ code: "RELAY_LISTENER_FAILED", detail: `${topic}: ${error}` }),
  });
  return {
    node,
    archive,
    relay,
    dice,
    async stop() {
      await node.stop();
      await thread.stop();
      await relay.close();
      await file.close();
    },
  };
}
