import { readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PrivateServer } from "@matchforge/testbed";
import type { Arena, ArenaNode, Setup } from "./arena.ts";

/** One kind of thing that goes wrong, with everything mended at its end. */
export interface Fault {
  /** Does it, mends it, and says what was done. */
  readonly strike: (arena: Arena) => Promise<string>;
  /** Where it can happen. */
  readonly setups: readonly Setup[];
}

const anywhere: readonly Setup[] = ["postgres_redis", "postgres", "relaxed_redis"];
const withRedis: readonly Setup[] = ["postgres_redis", "relaxed_redis"];

/** Longer than any time-out of ours: a node is lost after 3 s, a connection given up after 10. */
const pauseMs = [4_000, 14_000] as const;
const cutMs = [1_000, 8_000] as const;
const downMs = [200, 5_000] as const;

/** Every kind of fault of a campaign, by its name. */
export const faults = {
  node_kill: { setups: anywhere, strike: (arena) => killNode(arena, arena.draws.pick(arena.nodes)) },
  leader_kill: { setups: anywhere, strike: (arena) => killNode(arena, arena.leader) },
  node_pause: { setups: anywhere, strike: pauseNode },
  node_term: { setups: anywhere, strike: drainNode },
  postgres_kill: { setups: anywhere, strike: killPostgres },
  redis_kill: { setups: withRedis, strike: (arena) => breakRedis(arena, async () => "killed") },
  redis_empty: { setups: withRedis, strike: (arena) => breakRedis(arena, empty) },
  redis_truncate: { setups: withRedis, strike: (arena) => breakRedis(arena, truncate(arena)) },
  cut_postgres: { setups: anywhere, strike: (arena) => cut(arena, "postgres") },
  cut_redis: { setups: withRedis, strike: (arena) => cut(arena, "redis") },
  one_way: { setups: anywhere, strike: oneWay },
  slow_postgres: { setups: anywhere, strike: slowPostgres },
} as const satisfies Readonly<Record<string, Fault>>;

/** The name of a kind of fault. */
export type FaultKind = keyof typeof faults;

export const faultKinds = Object.keys(faults) as readonly FaultKind[];

async function killNode({ draws }: Arena, { process }: ArenaNode): Promise<string> {
  await process.end("SIGKILL");
  const forMs = draws.between(...downMs);
  await sleep(forMs);
  await process.start();
  return `${process.name} killed for ${Math.round(forMs)} ms`;
}

async function pauseNode({ draws, nodes }: Arena): Promise<string> {
  const { process } = draws.pick(nodes);
  const forMs = draws.between(...pauseMs);
  process.signal("SIGSTOP");
  await sleep(forMs);
  process.signal("SIGCONT");
  return `${process.name} stood still for ${Math.round(forMs)} ms`;
}

async function drainNode({ draws, nodes }: Arena): Promise<string> {
  const { process } = draws.pick(nodes);
  const code = await process.end("SIGTERM");
  if (code !== 0) throw new Error(`${process.name} drained with exit code ${code}`);
  await process.start();
  return `${process.name} drained and came back`;
}

async function killPostgres({ draws, postgres }: Arena): Promise<string> {
  await postgres.kill();
  const forMs = draws.between(...downMs);
  await sleep(forMs);
  await postgres.start();
  return `PostgreSQL killed for ${Math.round(forMs)} ms`;
}

/** Kills Redis, does something to its files, and starts it again. */
async function breakRedis(
  { draws, redis }: Arena,
  change: (redis: PrivateServer) => Promise<string>,
): Promise<string> {
  if (redis === null) throw new Error("there is no Redis to break");
  await redis.kill();
  const what = await change(redis);
  const forMs = draws.between(...downMs);
  await sleep(forMs);
  await redis.start();
  return `Redis ${what} for ${Math.round(forMs)} ms`;
}

async function empty({ dataFolder }: PrivateServer): Promise<string> {
  for (const name of readdirSync(dataFolder)) rmSync(join(dataFolder, name), { recursive: true });
  return "emptied";
}

/** Its append-only file loses the last of its bytes, as after a power failure. */
function truncate({ draws }: Arena): (redis: PrivateServer) => Promise<string> {
  return async ({ dataFolder }) => {
    const folder = join(dataFolder, "appendonlydir");
    const file = readdirSync(folder).find((name) => name.endsWith(".incr.aof"));
    if (file === undefined) throw new Error(`there is no append-only file in ${folder}`);
    const path = join(folder, file);
    const lost = Math.floor(draws.between(0.05, 0.5) * statSync(path).size);
    truncateSync(path, statSync(path).size - lost);
    return `without the last ${lost} bytes`;
  };
}

async function cut({ draws, nodes }: Arena, line: "postgres" | "redis"): Promise<string> {
  const node = draws.pick(nodes);
  const forMs = draws.between(...cutMs);
  const proxy = node[line];
  const isSilent = draws.fraction() < 0.5;
  if (isSilent) proxy?.blackHole("both");
  else await proxy?.cut();
  await sleep(forMs);
  await proxy?.heal();
  return `${node.process.name} ${isSilent ? "in silence" : "refused"} by ${line} for ${Math.round(forMs)} ms`;
}

async function oneWay({ draws, nodes }: Arena): Promise<string> {
  const node = draws.pick(nodes);
  const direction = draws.pick(["toServer", "toClient"] as const);
  const forMs = draws.between(...cutMs);
  node.postgres.blackHole(direction);
  await sleep(forMs);
  await node.postgres.heal();
  return `${node.process.name} lost all bytes ${direction} of PostgreSQL for ${Math.round(forMs)} ms`;
}

async function slowPostgres({ draws, nodes }: Arena): Promise<string> {
  const node = draws.pick(nodes);
  const forMs = draws.between(...cutMs);
  node.postgres.delay({ ms: draws.between(50, 500), jitterMs: 100 });
  await sleep(forMs);
  await node.postgres.heal();
  return `${node.process.name} had a slow line to PostgreSQL for ${Math.round(forMs)} ms`;
}
