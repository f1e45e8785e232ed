import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Command, PlayerId, State } from "@matchforge/core";
import type { InProcessRelay, Log, MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import type { FastifyInstance } from "fastify";
import { createSecretDice, EngineNode, EngineRoom, ledgerChain } from "matchforge";
import { MatchPasses } from "../../src/auth/match-passes.ts";
import type { Verified } from "../../src/auth/tokens.ts";
import { buildHttp, type HttpDeps } from "../../src/http/build-http.ts";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { systemIds } from "../../src/shard/threads/system-ids.ts";
import { Gateway } from "../../src/websocket/gateway.ts";
import { heldLog } from "./held-log.ts";
import { ticketRules } from "./ticket-rules.ts";

/** What the nodes of a shard share. */
export interface SharedStores {
  readonly log: MemoryLogStore;
  readonly archive: MemoryArchiveStore;
  readonly relay: InProcessRelay;
}

const base = { clock: systemClock, dice: createSecretDice("00".repeat(32)), ids: systemIds };
const tokens = { verify, mint: async () => "" };
const passes = new MatchPasses({ secret: "ab".repeat(32), shard: "main" });

/** One node: its replica, its HTTP side, and a gateway beside it. A player's token is the player's id. */
export class RigNode {
  readonly engine: EngineNode;
  readonly failures: unknown[] = [];
  /** Keeps the node from reading what others log, until the function it answers is called. */
  readonly fallBehind: () => () => void;
  url = "";
  socketUrl = "";
  readonly #log: Log;
  readonly #stores: SharedStores;
  readonly #sockets: Server = createServer();
  #room: EngineRoom | undefined;
  #gateway: Gateway | undefined;
  #app: FastifyInstance | undefined;
  #isDraining = false;

  private constructor(name: string, stores: SharedStores) {
    const { log, fallBehind } = heldLog(stores.log.connect());
    this.#log = log;
    this.#stores = stores;
    this.fallBehind = fallBehind;
    this.engine = new EngineNode({
      ...base,
      log,
      name,
      boot: "1",
      chain: ledgerChain,
      rules: ticketRules,
      servers: { allocators: ["registry"], listed: [], credentialFor: () => "none" },
      report: () => {},
      onFatal: (error) => this.failures.push(error),
      shared: true,
    });
  }

  static async start(
    stores: SharedStores,
    { name, limits }: { name: string; limits: HttpDeps["limits"] },
  ): Promise<RigNode> {
    const node = new RigNode(name, stores);
    await node.#startRoom();
    node.#app = await node.#buildHttp(limits);
    node.url = await node.#app.listen({ host: "127.0.0.1", port: 0 });
    node.#gateway = node.#openGateway();
    await new Promise<void>((resolve) => node.#sockets.listen(0, "127.0.0.1", resolve));
    node.socketUrl = `ws://127.0.0.1:${(node.#sockets.address() as AddressInfo).port}/ws`;
    return node;
  }

  /** The node is on its way out. */
  drain(): void {
    this.#isDraining = true;
  }

  async stop(): Promise<void> {
    await this.#app?.close();
    this.#gateway?.close();
    this.#room?.halt();
    await this.engine.halt();
    this.#sockets.closeAllConnections();
    await new Promise<void>((resolve) => this.#sockets.close(() => resolve()));
  }

  async #startRoom(): Promise<void> {
    const { engine } = this;
    const room = new EngineRoom({
      ...base,
      state: () => engine.state,
      node: engine.key,
      log: this.#log,
      archive: this.#stores.archive.connect(),
      submit: (command) => void engine.submit(command),
      report: () => {},
    });
    this.#room = room;
    await engine.start();
    await room.start();
    engine.replica.onApplied((entry, events) => room.applied(entry, events));
  }

  #buildHttp(limits: HttpDeps["limits"]): Promise<FastifyInstance> {
    const { engine } = this;
    return buildHttp({
      ...base,
      state: () => engine.state,
      shardTime: () => engine.shardTime(),
      archive: this.#stores.archive.connect(),
      tokens,
      passes,
      submit: (command) => engine.submit(command),
      nodeKey: engine.key,
      onApplied: (listener) => engine.replica.onApplied(listener),
      relay: this.#stores.relay,
      shard: "main",
      shards: [{ id: "main", regions: [], url: null }],
      signsTokens: true,
      guestsAllowed: true,
      guestTokenMs: 3_600_000,
      trustedProxies: [],
      checks: () => [],
      isDraining: () => this.#isDraining,
      metricsText: async () => ({ type: "text/plain", text: "" }),
      nextPlayerId: () => "player_guest",
      wallClock: Date.now,
      onError: (error) => this.failures.push(error),
      limits: { requestsPerMinute: 100_000, ...limits },
    });
  }

  #openGateway(): Gateway {
    const { engine } = this;
    const gateway = new Gateway({
      ...base,
      node: {
        key: engine.key,
        get state(): State {
          return engine.state;
        },
        shardTime: () => engine.shardTime(),
        submit: (command: Command) => engine.submit(command),
        onApplied: (listener) => void engine.replica.onApplied(listener),
      },
      relay: this.#stores.relay,
      archive: this.#stores.archive.connect(),
      passes,
      tokens,
      wallClock: Date.now,
      logger: { warn: () => {}, error: (fields) => this.failures.push(fields) },
      metrics: { connected: () => {}, received: () => {}, refused: () => {} },
      mayConnect: () => true,
      addressOf: () => "local",
    });
    this.#sockets.on("upgrade", (request, stream, head) => gateway.handleUpgrade(request, stream, head));
    return gateway;
  }
}

async function verify(token: string): Promise<Verified> {
  if (!token.startsWith("player_")) return { ok: false, code: "INVALID_TOKEN" };
  const expiresAt = Number.MAX_SAFE_INTEGER;
  return { ok: true, identity: { player: token as PlayerId, guest: true, role: "player", expiresAt } };
}
