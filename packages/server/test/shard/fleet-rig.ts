import { randomBytes } from "node:crypto";
import type { MatchId, PlayerId, Rules, TicketId } from "@matchforge/core";
import { postgresForTests } from "@matchforge/testbed";
import { Redis } from "ioredis";
import type { FleetConfig } from "../../src/config/fleet-config.ts";
import { startFleetShard } from "../../src/shard/fleet-shard.ts";
import type { RunningShard } from "../../src/shard/running-shard.ts";
import { systemIds } from "../../src/shard/threads/system-ids.ts";
import { done, rules as oneMode, shardSecret } from "./shard-rig.ts";

/** A shard of its own in a fleet, whose nodes run in this process, and a look at its Redis from outside. */
export class TestFleet implements AsyncDisposable {
  readonly shard = `test_${randomBytes(6).toString("hex")}`;
  readonly reports: string[] = [];
  readonly client: Redis;
  readonly #redis: string;
  readonly #change: Partial<FleetConfig>;
  readonly #rules: Rules;
  readonly #running: RunningShard[] = [];

  constructor(
    redis: string,
    { change = {}, rules = oneMode }: { change?: Partial<FleetConfig>; rules?: Rules } = {},
  ) {
    this.#redis = redis;
    this.#change = change;
    this.#rules = rules;
    this.client = new Redis(redis);
    // The tests take Redis away, and look again until it is back.
    this.client.on("error", () => {});
  }

  /** Starts one more node. */
  async start(): Promise<RunningShard> {
    const { url: database } = await postgresForTests();
    const shard = await startFleetShard({
      fleet: {
        node: `node-${this.#running.length + 1}`,
        database,
        redis: this.#redis,
        log: "postgres",
        relay: "redis",
        relayHost: "127.0.0.1",
        relayPort: 0,
        relayAddress: null,
        ...this.#change,
      },
      shard: this.shard,
      shardSecret,
      rules: this.#rules,
      allowUnsafe: [],
      report: ({ code }) => this.reports.push(code),
      onFatal: (error) => {
        throw error;
      },
    });
    this.#running.push(shard);
    return shard;
  }

  async stop(shard: RunningShard): Promise<void> {
    this.#running.splice(this.#running.indexOf(shard), 1);
    await shard.stop();
  }

  /** The name of one of the shard's keys. */
  key(name: string): string {
    return `{mf:${this.shard}}:${name}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const shard of this.#running) await shard.stop();
    this.client.disconnect();
  }
}

/** Connects a player and queues them; the ticket. */
export async function queue(shard: RunningShard, player: PlayerId): Promise<TicketId> {
  const { node } = shard;
  await done(shard, { type: "player.connected", player, node: node.key, guest: true });
  const ticket = systemIds.next("ticket");
  const secretEpoch = [...node.state.secretEpochs.keys()].at(-1) ?? 0;
  const pools = [{ mode: "quick", tier: null }];
  await done(shard, {
    type: "ticket.enqueue",
    ticket,
    player,
    members: [player],
    party: null,
    pools,
    draw: 1,
    secretEpoch,
  });
  return ticket;
}

/** The live match of a player. */
export function matchOf({ node }: RunningShard, player: PlayerId): MatchId | null {
  return node.state.players.get(player)?.match ?? null;
}
