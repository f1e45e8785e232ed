import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPostgres } from "@matchforge/stores/postgres";
import { FaultProxy, type PrivateServer, startPostgres, startRedis, waitUntil } from "@matchforge/testbed";
import { Auditor } from "./auditor.ts";
import { Balancer } from "./balancer.ts";
import { chaosLimits } from "./limits.ts";
import { matchforgeSecrets } from "./make-secrets.ts";
import { NodeProcess } from "./node-process.ts";
import { Draws } from "./random.ts";
import { RecordedPlayer } from "./recorded-player.ts";
import { rulesText } from "./rules-text.ts";

/** What the fleet of a campaign keeps its log in. */
export const setups = ["postgres_redis", "postgres", "relaxed_redis"] as const;
export type Setup = (typeof setups)[number];

/** One node and its own lines to the stores, which can be cut one by one. */
export interface ArenaNode {
  readonly process: NodeProcess;
  readonly postgres: FaultProxy;
  readonly redis: FaultProxy | null;
}

/** A whole fleet of real processes on real servers, with players who do nothing wrong. */
export class Arena {
  readonly setup: Setup;
  readonly draws: Draws;
  readonly postgres: PrivateServer;
  readonly redis: PrivateServer | null;
  readonly nodes: ArenaNode[] = [];
  readonly players: RecordedPlayer[] = [];
  readonly auditor: Auditor;
  readonly #balancer: Balancer;
  readonly #folder: string;
  readonly #close: () => Promise<void>;

  private constructor(parts: {
    setup: Setup;
    draws: Draws;
    postgres: PrivateServer;
    redis: PrivateServer | null;
    auditor: Auditor;
    balancer: Balancer;
    folder: string;
    close: () => Promise<void>;
  }) {
    this.setup = parts.setup;
    this.draws = parts.draws;
    this.postgres = parts.postgres;
    this.redis = parts.redis;
    this.auditor = parts.auditor;
    this.#balancer = parts.balancer;
    this.#folder = parts.folder;
    this.#close = parts.close;
  }

  static async start(options: {
    setup: Setup;
    nodes: number;
    players: number;
    seed: number;
  }): Promise<Arena> {
    const { setup, seed } = options;
    const draws = new Draws(seed);
    const postgres = await startPostgres();
    const redis = setup === "postgres" ? null : await startRedis();
    const shard = "chaos";
    const stores = await openPostgres({ url: postgres.url, schema: `matchforge_${shard}` });
    const balancer = await Balancer.start();
    const folder = mkdtempSync(join(tmpdir(), "matchforge-chaos-"));
    writeFileSync(join(folder, "rules.toml"), rulesText);
    const secrets = matchforgeSecrets(join(folder, "secrets"));
    const auditor = new Auditor(stores.log());
    const close = () => stores.close();
    const arena = new Arena({ setup, draws, postgres, redis, auditor, balancer, folder, close });
    try {
      for (let index = 1; index <= options.nodes; index += 1)
        await arena.#addNode(`node-${index}`, { shard, secrets });
      for (let index = 0; index < options.players; index += 1) {
        const player = { url: balancer.url, draws: new Draws(seed * 1_000 + index), mode: "duel" };
        arena.players.push(await RecordedPlayer.signIn(player));
      }
      return arena;
    } catch (error) {
      await arena.remove();
      throw error;
    }
  }

  async #addNode(name: string, { shard, secrets }: { shard: string; secrets: string }): Promise<void> {
    const random = this.draws.fraction;
    const postgres = await FaultProxy.start({ to: this.postgres, random });
    const redis = this.redis === null ? null : await FaultProxy.start({ to: this.redis, random });
    const folder = join(this.#folder, name);
    cpSync(secrets, folder, { recursive: true });
    const settings = {
      node: name,
      shard,
      data_dir: folder,
      rules: join(this.#folder, "rules.toml"),
      database: postgres.urlOf(this.postgres.url),
      guest_sign_ins_per_minute: 100_000,
      ...(redis !== null && this.redis !== null && { redis: redis.urlOf(this.redis.url) }),
      ...(this.setup === "relaxed_redis" && { log: "redis", allow_unsafe: ["relaxed_stakes"] }),
    };
    const onUrl = (url: string) => this.#balancer.point(name, url);
    const process = new NodeProcess({ name, folder, settings, onUrl });
    this.nodes.push({ process, postgres, redis });
    await process.start();
  }

  /** The node that leads by the log. */
  get leader(): ArenaNode {
    const name = this.auditor.state.leader?.split("/")[0];
    return this.nodes.find(({ process }) => process.name === name) ?? this.draws.pick(this.nodes);
  }

  /** How many matches have ended by the log. */
  get ended(): number {
    return this.auditor.endings.size;
  }

  /** Waits until every node and every player is well again and matches end; throws with what is not. */
  async recover(): Promise<void> {
    await waitUntil(
      () => this.#balancer.wellCount === this.nodes.length && this.players.every((p) => p.isReady),
      {
        withinMs: chaosLimits.recoverWithinMs,
        what: "every node and player to be well again",
      },
    );
    const before = this.ended;
    await waitUntil(
      async () => {
        await this.auditor.read();
        return this.ended > before;
      },
      { withinMs: chaosLimits.recoverWithinMs, what: "a match to end" },
    );
  }

  /** Lets everybody play what they began to its end. */
  async rest(): Promise<void> {
    for (const player of this.players) player.rest();
    const { state } = this.auditor;
    await waitUntil(
      async () => {
        await this.auditor.read();
        return state.matches.size === 0 && state.tickets.size === 0 && state.effects.size === 0;
      },
      { withinMs: chaosLimits.restWithinMs, what: "all matches and tickets to end" },
    );
    this.auditor.audit();
    for (const player of this.players) await player.ask();
    await this.auditor.read();
  }

  async remove(): Promise<void> {
    for (const player of this.players) player.leave();
    for (const { process } of this.nodes) await process.remove();
    await this.auditor.stop();
    await this.#balancer.stop();
    await this.#close();
    for (const { postgres, redis } of this.nodes) {
      await postgres.stop();
      await redis?.stop();
    }
    await this.postgres.remove();
    await this.redis?.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
