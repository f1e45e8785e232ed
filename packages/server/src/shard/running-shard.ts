import type { MessagePort } from "node:worker_threads";
import type { Command, Rules } from "@matchforge/core";
import type { Archive, Relay, StoredBatch } from "@matchforge/stores";
import {
  createSecretDice,
  type Dice,
  EngineNode,
  ledgerChain,
  type Report,
  type ServerSources,
} from "matchforge";
import type { OpenStores, StoreSource } from "./stores/store-source.ts";
import { EngineThreadHost } from "./threads/engine-thread-host.ts";
import { systemClock } from "./threads/system-clock.ts";
import { systemHmac } from "./threads/system-hmac.ts";
import { systemIds } from "./threads/system-ids.ts";

/** A shard as one process has it: its node, and what goes with it. */
export interface RunningShard {
  readonly node: EngineNode;
  readonly archive: Archive;
  readonly relay: Relay;
  readonly dice: Dice;
  /** Hands over what is outstanding, stores a snapshot and closes everything. */
  stop(): Promise<void>;
}

/** What every shard is started with, wherever its log is. */
export interface ShardOptions {
  /** Hex, 32 bytes or more. */
  readonly shardSecret: string;
  readonly rules: Rules;
  /** The kernel levels the shard may rise to while this node runs; by default all that this build knows. */
  readonly kernelLevels?: readonly number[];
  /** Where game servers come from; by default from those that register. */
  readonly servers?: ServerSources;
  readonly report: Report;
  /** This process can no longer be trusted and must end. */
  readonly onFatal: (error: unknown) => void;
}

/**
 * Starts a node on open stores, with the thread that matches and archives: it restores the newest snapshot, replays
 * the rest of the log, and goes on where the shard stands. A start that fails leaves nothing running.
 *
 * @throws StoreError, or EngineError where the node cannot be part of the shard.
 */
export async function startShardOn(
  stores: OpenStores,
  options: ShardOptions & {
    readonly name: string;
    /** Whether other nodes write to the same log. */
    readonly shared: boolean;
    readonly relay: Relay;
    /** Where other nodes reach this one's relay. */
    readonly address: string | null;
    /** How the engine thread opens the same stores. */
    readonly source: StoreSource;
    readonly transfer: readonly MessagePort[];
  },
): Promise<RunningShard> {
  const { shardSecret, rules, report, onFatal, relay, source, shared } = options;
  const { archive } = stores;
  const snapshotAtMost = await archive.cursor();
  const dice = createSecretDice(shardSecret, systemHmac);
  let forward = (_batch: StoredBatch): void => {};
  const node: EngineNode = new EngineNode({
    log: stores.log,
    name: options.name,
    boot: systemIds.next("ticket").slice("ticket_".length),
    clock: systemClock,
    dice,
    chain: ledgerChain,
    rules,
    report,
    onFatal,
    shared,
    snapshotAtMost,
    ...(options.kernelLevels !== undefined && { levels: options.kernelLevels }),
    ...(options.servers !== undefined && { servers: options.servers }),
    address: options.address,
    onBatch: (batch) => forward(batch),
  });
  const thread = new EngineThreadHost({
    data: { node: node.key, shardSecret, snapshotAtMost, source, shared },
    transfer: options.transfer,
    submit: (command: Command) => void node.submit(command),
    report,
    onFatal,
  });
  try {
    const joined = thread.ready.then((readUpTo) => {
      forward = (batch) => {
        if (batch.first > readUpTo) thread.forward(batch);
      };
    });
    await Promise.all([joined, node.start()]);
  } catch (error) {
    await thread.terminate();
    await node.halt();
    throw error;
  }
  return {
    node,
    archive,
    relay,
    dice,
    async stop() {
      await node.stop();
      await thread.stop();
      await closeAllocators(options.servers);
      await relay.close();
      await stores.close();
    },
  };
}

async function closeAllocators(servers: ServerSources | undefined): Promise<void> {
  const outside = servers?.allocators.filter((allocator) => typeof allocator !== "string") ?? [];
  await Promise.all(outside.map((allocator) => allocator.close()));
}
