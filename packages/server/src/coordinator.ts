import { mkdirSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { Rules } from "@matchforge/core";
import type { FastifyInstance } from "fastify";
import type { Submit } from "matchforge";
import type { Logger } from "pino";
import { uuidv7obj } from "uuidv7";
import { openAllocators } from "./allocators/open-allocators.ts";
import { clientAddress } from "./auth/client-address.ts";
import { MatchPasses } from "./auth/match-passes.ts";
import { originCheck } from "./auth/origins.ts";
import { readOrCreateSecret, readSharedSecret, secretFiles } from "./auth/secrets.ts";
import { Tokens } from "./auth/tokens.ts";
import type { Config } from "./config/config.ts";
import { type AdminListener, startAdminListener } from "./http/admin/start-admin-listener.ts";
import { buildHttp, type Check } from "./http/build-http.ts";
import { httpLimits } from "./http/limits.ts";
import { Metrics } from "./metrics/metrics.ts";
import { drainAskedOf } from "./shard/drain-asked.ts";
import { startEmbeddedShard } from "./shard/embedded-shard.ts";
import type { RunningShard, ShardOptions } from "./shard/running-shard.ts";
import { systemClock } from "./shard/threads/system-clock.ts";
import { systemIds } from "./shard/threads/system-ids.ts";
import { withStreams } from "./shard/with-streams.ts";
import { Gateway } from "./websocket/gateway.ts";

/** A replica that has applied nothing for this long is not ready. */
const staleAfterMs = 3_000;
/** Sockets have this long to read the announcement before they are closed. */
const drainMs = 250;

/** What a coordinator is started with. */
export interface CoordinatorOptions {
  readonly config: Config;
  readonly rules: Rules;
  readonly logger: Logger;
  /** This process can no longer be trusted: it should end and be started anew. */
  readonly onFatal: (error: unknown) => void;
}

/**
 * One coordinator with everything embedded: the shard's file, its node and threads, the gateways, and HTTP.
 *
 * @example
 * const coordinator = await Coordinator.start({ config, rules, logger, onFatal });
 * console.log(coordinator.url);
 * await coordinator.stop();
 */
export class Coordinator {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Where it listens to operators; null: nowhere. */
  readonly adminUrl: string | null;
  readonly dataDir: string;
  /** Resolves when an operator asks this node to end in good order: then it wants to be stopped. */
  readonly drainAsked: Promise<void>;
  readonly #shard: RunningShard;
  readonly #gateway: Gateway;
  readonly #app: FastifyInstance;
  readonly #admin: AdminListener | null;
  #stopping: Promise<void> | null = null;

  private constructor(parts: {
    shard: RunningShard;
    gateway: Gateway;
    app: FastifyInstance;
    admin: AdminListener | null;
    config: Config;
    markDraining: () => void;
  }) {
    this.#shard = parts.shard;
    this.#gateway = parts.gateway;
    this.#app = parts.app;
    this.#admin = parts.admin;
    this.adminUrl = parts.admin?.url ?? null;
    this.drainAsked = drainAskedOf(parts.shard.node);
    this.dataDir = parts.config.dataDir;
    const { port } = parts.app.server.address() as AddressInfo;
    const { host } = parts.config;
    this.url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    this.#markDraining = parts.markDraining;
  }

  readonly #markDraining: () => void;

  /**
   * Opens the data folder, goes on where the shard stood, and listens.
   *
   * @throws StoreError, or the system's error when the address cannot be used.
   */
  static async start({ config, rules, logger, onFatal }: CoordinatorOptions): Promise<Coordinator> {
    mkdirSync(config.dataDir, { recursive: true });
    // Nodes of a fleet share their secrets: one that made its own would be alone with it.
    const secretIn = config.fleet === null ? readOrCreateSecret : readSharedSecret;
    const secret = secretIn(join(config.dataDir, secretFiles.token));
    const tokens = new Tokens({ ...config, secret });
    const passes = new MatchPasses({ secret, shard: config.shard });
    const allocators = openAllocators(config.allocators);
    const shard = await startShard(config, {
      shardSecret: secretIn(join(config.dataDir, secretFiles.shard)),
      rules,
      kernelLevels: config.kernelLevels,
      servers: {
        allocators,
        listed: config.allocators.listed,
        credentialFor: (server) => passes.credentialFor(server),
      },
      report: (problem) => logger.warn(problem, "the engine reports a problem"),
      onFatal,
    });
    try {
      return await Coordinator.#open({ config, logger, tokens, passes, shard });
    } catch (error) {
      await shard.stop();
      throw error;
    }
  }

  static async #open(parts: {
    config: Config;
    logger: Logger;
    tokens: Tokens;
    passes: MatchPasses;
    shard: RunningShard;
  }): Promise<Coordinator> {
    const { config, logger, tokens, passes, shard } = parts;
    const { node } = shard;
    let isDraining = false;
    const metrics = new Metrics({ state: () => node.state, idleMs: () => gateway.idleMs });
    node.replica.onApplied((_entry, events) => metrics.applied(events, node.state));
    const submit: Submit = (command) => metrics.timeAppend(() => node.submit(command));
    const gateway: Gateway = new Gateway({
      node: {
        key: node.key,
        get state() {
          return node.state;
        },
        shardTime: () => node.shardTime(),
        submit,
        onApplied: (listener) => node.replica.onApplied(listener),
      },
      relay: shard.relay,
      archive: shard.archive,
      tokens,
      passes,
      clock: systemClock,
      dice: shard.dice,
      ids: systemIds,
      wallClock: Date.now,
      logger,
      metrics,
      ...gatewaySettings(config),
    });
    const app = await buildHttp({
      state: () => node.state,
      shardTime: () => node.shardTime(),
      archive: shard.archive,
      tokens,
      passes,
      submit,
      nodeKey: node.key,
      ids: systemIds,
      relay: shard.relay,
      onApplied: (listener) => node.replica.onApplied(listener),
      clock: systemClock,
      dice: shard.dice,
      ...httpSettings(config),
      checks: () => checksOf(shard, gateway, isDraining),
      isDraining: () => isDraining,
      metricsText: () => metrics.text(),
      nextPlayerId: () => `player_${uuidv7obj().toHex()}`,
      wallClock: Date.now,
      onError: (error) => logger.error({ error }, "a request failed"),
    });
    takeUpgrades(app.server, gateway);
    try {
      await app.listen({ host: config.host, port: config.port });
      const admin = await startAdminListener(config, { shard, tokens, submit, logger });
      const markDraining = () => {
        isDraining = true;
      };
      return new Coordinator({ shard, gateway, app, admin, config, markDraining });
    } catch (error) {
      // Its timers would keep a process alive that never served.
      gateway.close();
      await app.close();
      throw error;
    }
  }

  /** Announces the end, sends players away, stores what is outstanding and closes the file. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#markDraining();
    this.#gateway.drain();
    await new Promise<void>((resume) => systemClock.after(drainMs, resume));
    this.#gateway.close();
    await this.#shard.stop();
    await Promise.all([this.#app.close(), this.#admin?.close()]);
  }
}

function takeUpgrades(server: Server, gateway: Gateway): void {
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on("error", () => stream.destroy());
    gateway.handleUpgrade(request, stream, head);
  });
}

/** What the configuration says of sockets. */
function gatewaySettings({
  allowedOrigins,
  trustedProxies,
  connectionsMax,
  connectionsPerAddressMax,
}: Config) {
  const mayConnect = originCheck(allowedOrigins);
  return { mayConnect, addressOf: clientAddress(trustedProxies), connectionsMax, connectionsPerAddressMax };
}

/** What the configuration says of the HTTP side. */
function httpSettings(config: Config) {
  const { shard, shards, guestTokenMs, trustedProxies, allowedOrigins, guestSignInsPerMinute } = config;
  const signsTokens = config.jwks === null;
  const limits = { requestsPerMinute: httpLimits.requestsPerMinute, guestSignInsPerMinute };
  const guestsAllowed = config.guestsAllowed && signsTokens;
  return { shard, shards, signsTokens, guestsAllowed, guestTokenMs, trustedProxies, allowedOrigins, limits };
}

async function startShard(config: Config, options: ShardOptions): Promise<RunningShard> {
  const running = await startNode(config, options);
  try {
    return await withStreams(running, { ...config, report: options.report });
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function startNode(config: Config, options: ShardOptions): Promise<RunningShard> {
  const { fleet, dataDir, shard, allowUnsafe } = config;
  if (fleet === null) return startEmbeddedShard({ ...options, dataDir });
  // A server that is alone never loads the drivers of databases.
  const { startFleetShard } = await import("./shard/fleet-shard.ts");
  return startFleetShard({ ...options, fleet, shard, allowUnsafe });
}

function checksOf(shard: RunningShard, gateway: Gateway, isDraining: boolean): Check[] {
  const idleMs = Math.round(gateway.idleMs);
  return [
    { name: "replica", isOk: idleMs < staleAfterMs, detail: `the last entry was applied ${idleMs} ms ago` },
    { name: "node", isOk: shard.node.alive, detail: shard.node.leads ? "leads the shard" : "follows" },
    {
      name: "serving",
      isOk: !isDraining,
      detail: isDraining ? "draining" : `${gateway.connections} connections`,
    },
  ];
}
