import { rmSync } from "node:fs";
import { startPostgres, startRedis } from "@matchforge/testbed";
import { type ServerProcess, sharedFolders, startCoordinator } from "./server-process.ts";

/** What a fleet is started with. */
export interface FleetOptions {
  readonly nodes: number;
  readonly rules: string;
  /** Whether there is a Redis for live frames; else nodes send them to each other. */
  readonly redis: boolean;
  readonly nodeArgs?: readonly string[];
}

/** Coordinators that share one shard, over servers of their own. */
export interface Fleet {
  /** Replaced where a node is started anew. */
  readonly nodes: ServerProcess[];
  /** Where its stores are. */
  readonly database: string;
  readonly redis: string | null;
  /** Starts a node that was killed, on its port and with its data. */
  restart(index: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a private PostgreSQL, a private Redis where wanted, and coordinators on them. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const postgres = await startPostgres({ settings: { shared_buffers: "256MB" } });
  const redis = options.redis ? await startRedis() : null;
  const folders = sharedFolders(options.nodes);
  const start = (index: number, port?: number) =>
    startCoordinator({
      rules: options.rules,
      dataDir: folders[index] ?? "",
      settings: {
        database: postgres.url,
        node: `bench-${index + 1}`,
        ...(redis !== null && { redis: redis.url }),
      },
      ...(port !== undefined && { port }),
      ...(options.nodeArgs !== undefined && { nodeArgs: options.nodeArgs }),
    });
  const nodes: ServerProcess[] = [];
  for (let index = 0; index < options.nodes; index += 1) nodes.push(await start(index));
  return {
    nodes,
    database: postgres.url,
    redis: redis?.url ?? null,
    async restart(index) {
      nodes[index] = await start(index, nodes[index]?.port);
    },
    async stop() {
      for (const node of nodes) await node.stop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
      await redis?.remove();
      await postgres.remove();
    },
  };
}
