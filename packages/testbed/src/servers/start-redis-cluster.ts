import { testbedLimits } from "../limits.ts";
import { ownKeeper } from "../processes/own-keeper.ts";
import { runToEnd } from "../processes/run-to-end.ts";
import { requirePrograms } from "../programs/require-programs.ts";
import { unprivilegedAccount } from "../programs/unprivileged-account.ts";
import { waitUntil } from "../wait-until.ts";
import { askRedis } from "./ask-redis.ts";
import type { PrivateServer } from "./private-server.ts";
import { startRedis } from "./start-redis.ts";

const masterCount = 3;
/** Each master has one replica. */
const nodeCount = 2 * masterCount;

const settings = {
  "cluster-enabled": "yes",
  "cluster-node-timeout": `${testbedLimits.clusterNodeTimeoutMs}`,
};

/**
 * Six processes of Redis that are one cluster: three masters, each with a replica.
 *
 * @example
 * await using cluster = await startRedisCluster();
 * await cluster.killMaster();
 * await cluster.untilWhole();
 */
export class PrivateRedisCluster implements AsyncDisposable {
  readonly nodes: readonly PrivateServer[];

  constructor(nodes: readonly PrivateServer[]) {
    this.nodes = nodes;
  }

  /** The addresses of all nodes, comma-separated. */
  get url(): string {
    return this.nodes.map(({ url }) => url).join(",");
  }

  /** The nodes that are masters, of those that run. */
  async masters(): Promise<PrivateServer[]> {
    const answers = await Promise.all(this.nodes.map(({ port }) => askRedis(port, "INFO replication")));
    return this.nodes.filter((_, index) => answers[index]?.includes("role:master\r\n"));
  }

  /** Ends a master at once; its replica takes over when the others have noticed. */
  async killMaster(): Promise<PrivateServer> {
    const [master] = await this.masters();
    if (master === undefined) throw new Error("No master of the cluster is left to be killed.");
    await master.kill();
    return master;
  }

  /** Resolves when the nodes that run agree on their masters, and each replica copies one of these. */
  async untilWhole(): Promise<void> {
    await waitUntil(() => this.#isWhole(), {
      what: "the Redis cluster to be whole",
      withinMs: testbedLimits.clusterMs,
    });
  }

  /** Ends all nodes in order. Their folders stay, and `start` brings the cluster back. */
  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  /** Starts the nodes that do not run; resolves when the cluster is whole. */
  async start(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.start()));
    await this.untilWhole();
  }

  /** Ends all nodes at once and removes their folders. */
  async remove(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.remove()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.remove();
  }

  /** Nodes notice a loss late, so what they say is held against the masters that are there. */
  async #isWhole(): Promise<boolean> {
    const running = this.nodes.filter((node) => node.isRunning);
    const answers = await Promise.all(running.map(({ port }) => isContent(port)));
    return answers.every((content) => content) && (await this.masters()).length === masterCount;
  }
}

/**
 * Starts a cluster of our own; resolves when it is whole.
 *
 * @example
 * const { url } = await startRedisCluster(); // "redis://127.0.0.1:12345,redis://127.0.0.1:…"
 */
export async function startRedisCluster(): Promise<PrivateRedisCluster> {
  const { "redis-cli": program } = await requirePrograms("redis-cli", "redis-server");
  const cluster = new PrivateRedisCluster(
    await Promise.all(Array.from({ length: nodeCount }, () => startRedis({ settings }))),
  );
  const addresses = cluster.nodes.map(({ host, port }) => `${host}:${port}`);
  const args = ["--cluster", "create", ...addresses, "--cluster-replicas", "1", "--cluster-yes"];
  const [{ logFile }] = cluster.nodes as [PrivateServer];
  try {
    await runToEnd(ownKeeper(), { program, args, account: unprivilegedAccount(), logFile });
    await cluster.untilWhole();
  } catch (error) {
    await cluster.remove();
    throw error;
  }
  return cluster;
}

/** Whether a node sees a master for every slot, and copies its own if it is a replica. */
async function isContent(port: number): Promise<boolean> {
  const cluster = (await askRedis(port, "CLUSTER INFO")) ?? "";
  const replication = (await askRedis(port, "INFO replication")) ?? "";
  const isLinked =
    replication.includes("role:master\r\n") || replication.includes("master_link_status:up\r\n");
  return (
    cluster.includes("cluster_state:ok\r\n") && cluster.includes("cluster_slots_ok:16384\r\n") && isLinked
  );
}
