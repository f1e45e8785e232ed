import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type Command,
  defineMode,
  defineRules,
  type KernelEvent,
  type PlayerId,
  rulesProblems,
  type State,
} from "@matchforge/core";
import { InProcessRelay, MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import type { FastifyInstance } from "fastify";
import { createSecretDice, EngineNode, EngineRoom, ledgerChain } from "matchforge";
import { MatchPasses } from "../../src/auth/match-passes.ts";
import type { Verified } from "../../src/auth/tokens.ts";
import { buildHttp, type HttpDeps } from "../../src/http/build-http.ts";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { systemIds } from "../../src/shard/threads/system-ids.ts";
import { Gateway } from "../../src/websocket/gateway.ts";
import { TestClient } from "../gateway/test-client.ts";
import { HttpPlayer } from "./http-player.ts";

const anyone = {
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
  avoidRematch: null,
} as const;
const common = { search: anyone, countdownMs: 0, durationMs: 60_000, readyCheckMs: 60_000 } as const;

const rules = defineRules({
  modes: [
    defineMode({ id: "arena", ...common }),
    defineMode({ id: "hosted", ...common, requires: ["loading", "server"] }),
    defineMode({
      id: "cup",
      ...common,
      stakes: [
        { tier: "silver", stake: "100" },
        { tier: "gold", stake: "300" },
      ],
      requires: ["escrow"],
    }),
    defineMode({
      id: "far",
      ...common,
      search: { ...anyone, regions: { names: ["eu", "us"], latencyMax: [] } },
    }),
    defineMode({ id: "mates", ...common, teams: [2, 2], partySizeMax: 2 }),
  ],
  ledger: { faucet: "1000", faucetEveryMs: 600_000 },
});

/** One node: its replica, its HTTP side, and a gateway beside it. */
export interface RigNode {
  readonly engine: EngineNode;
  readonly url: string;
  readonly socketUrl: string;
  readonly failures: unknown[];
  /** The node is on its way out, or is not. */
  drain(isDraining: boolean): void;
  stop(): Promise<void>;
}

/** Nodes over one log in memory, each with a real HTTP server and a real socket. A player's token is the player's id. */
export class TicketRig {
  readonly nodes: RigNode[] = [];
  readonly #log = new MemoryLogStore({ now: () => Date.now() });
  readonly #archive = new MemoryArchiveStore();
  readonly #relay = new InProcessRelay({ onError: (error) => assert.fail(String(error)) });
  readonly #sockets: TestClient[] = [];
  readonly #limits: HttpDeps["limits"];

  private constructor(limits: HttpDeps["limits"]) {
    this.#limits = limits;
  }

  static async start({
    nodes = 1,
    limits = {},
  }: {
    nodes?: number;
    limits?: HttpDeps["limits"];
  } = {}): Promise<TicketRig> {
    assert.deepEqual(rulesProblems(rules), []);
    const rig = new TicketRig(limits);
    for (let index = 0; index < nodes; index += 1) await rig.add();
    return rig;
  }

  /** Another node. */
  async add(): Promise<RigNode> {
    const log = this.#log.connect();
    const archive = this.#archive.connect();
    const dice = createSecretDice("00".repeat(32));
    const failures: unknown[] = [];
    const engine = new EngineNode({
      log,
      name: `node${this.nodes.length}`,
      boot: "1",
      clock: systemClock,
      dice,
      chain: ledgerChain,
      rules,
      servers: { allocators: ["registry"], listed: [], credentialFor: () => "none" },
      report: () => {},
      onFatal: (error) => failures.push(error),
      shared: true,
    });
    const submit = (command: Command) => engine.submit(command);
    const base = { clock: systemClock, dice, ids: systemIds };
    const room = new EngineRoom({
      ...base,
      state: () => engine.state,
      node: engine.key,
      log,
      archive,
      submit: (command) => void submit(command),
      report: () => {},
    });
    await engine.start();
    await room.start();
    engine.replica.onApplied((entry, events) => room.applied(entry, events));
    let isDraining = false;
    const tokens = { verify, mint: async () => "" };
    const passes = new MatchPasses({ secret: "ab".repeat(32), shard: "main" });
    const app = await buildHttp({
      ...base,
      state: () => engine.state,
      shardTime: () => engine.shardTime(),
      archive,
      tokens,
      passes,
      submit,
      nodeKey: engine.key,
      onApplied: (listener) => engine.replica.onApplied(listener),
      relay: this.#relay,
      shard: "main",
      shards: [{ id: "main", regions: [], url: null }],
      signsTokens: true,
      guestsAllowed: true,
      guestTokenMs: 3_600_000,
      trustedProxies: [],
      checks: () => [],
      isDraining: () => isDraining,
      metricsText: async () => ({ type: "text/plain", text: "" }),
      nextPlayerId: () => "player_guest",
      wallClock: Date.now,
      onError: (error) => failures.push(error),
      limits: { requestsPerMinute: 100_000, ...this.#limits },
    });
    const gateway = new Gateway({
      ...base,
      node: {
        key: engine.key,
        get state(): State {
          return engine.state;
        },
        shardTime: () => engine.shardTime(),
        submit,
        onApplied: (listener) => void engine.replica.onApplied(listener),
      },
      relay: this.#relay,
      archive,
      passes,
      tokens,
      wallClock: Date.now,
      logger: { warn: () => {}, error: (fields) => failures.push(fields) },
      metrics: { connected: () => {}, received: () => {}, refused: () => {} },
      mayConnect: () => true,
      addressOf: () => "local",
    });
    const sockets = createServer();
    sockets.on("upgrade", (request, stream, head) => gateway.handleUpgrade(request, stream, head));
    await new Promise<void>((resolve) => sockets.listen(0, "127.0.0.1", resolve));
    const node: RigNode = {
      engine,
      url: await listening(app),
      socketUrl: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/ws`,
      failures,
      drain: (draining) => {
        isDraining = draining;
      },
      stop: async () => {
        await app.close();
        gateway.close();
        room.halt();
        await engine.halt();
        sockets.closeAllConnections();
        await new Promise<void>((resolve) => sockets.close(() => resolve()));
      },
    };
    this.nodes.push(node);
    return node;
  }

  get state(): State {
    return this.#first.engine.state;
  }

  get #first(): RigNode {
    const [first] = this.nodes;
    assert.ok(first !== undefined);
    return first;
  }

  /** Somebody who asks over HTTP, of one node. */
  player(id: PlayerId, node = 0): HttpPlayer {
    const at = this.nodes[node];
    assert.ok(at !== undefined);
    return new HttpPlayer(at.url, id);
  }

  /** Somebody who signs in over a socket. */
  async socket(player: PlayerId): Promise<TestClient> {
    const client = await TestClient.open(this.#first.socketUrl);
    this.#sockets.push(client);
    assert.equal((await client.ask("auth", { token: player, client: "test" })).type, "auth.success");
    return client;
  }

  /** Submits a command that must be carried out. */
  async done(command: Command): Promise<readonly KernelEvent[]> {
    const outcome = await this.#first.engine.submit(command);
    assert.ok(outcome.ok);
    assert.deepEqual(
      outcome.events.filter(({ type }) => type === "refused"),
      [],
    );
    return outcome.events;
  }

  /** Every event of a type from here on, as the first node applies them. */
  heard<Type extends KernelEvent["type"]>(type: Type): Extract<KernelEvent, { type: Type }>[] {
    const heard: Extract<KernelEvent, { type: Type }>[] = [];
    this.#first.engine.replica.onApplied((_entry, events) => {
      for (const event of events)
        if (event.type === type) heard.push(event as Extract<KernelEvent, { type: Type }>);
    });
    return heard;
  }

  /** Resolves when the archive has what this node's log has. */
  async archived(): Promise<void> {
    const { position } = this.state;
    const archive = this.#archive.connect();
    while ((await archive.cursor()) < position) await this.done({ type: "node.alive" });
  }

  /** What a shard does after ten minutes: a player who is nowhere in the state is forgotten. */
  forget(player: PlayerId): void {
    const known = this.state.players.get(player);
    assert.ok(known !== undefined && known.epoch === 0 && known.ticket === null && known.match === null);
    for (const { engine } of this.nodes) {
      const record = engine.state.players.get(player);
      if (record !== undefined) engine.state.deadlines.remove(record);
      engine.state.players.delete(player);
    }
  }

  /** Resolves once a node's state is as asked for; looked at after every entry. */
  reaches(isSo: (state: State) => boolean, node = this.#first): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo(node.engine.state)) return;
        stop();
        resolve();
      };
      const stop = node.engine.replica.onApplied(look);
      look();
    });
  }

  /** Ends all nodes; none of them failed at anything. */
  async stop(): Promise<void> {
    for (const client of this.#sockets) client.socket.terminate();
    for (const node of this.nodes) await node.stop();
    assert.deepEqual(
      this.nodes.flatMap(({ failures }) => failures),
      [],
    );
  }
}

async function verify(token: string): Promise<Verified> {
  const expiresAt = Number.MAX_SAFE_INTEGER;
  const player = token as PlayerId;
  if (token.startsWith("player_"))
    return { ok: true, identity: { player, guest: true, role: "player", expiresAt } };
  if (token.startsWith("admin_"))
    return { ok: true, identity: { player: "player_admin", guest: false, role: "admin", expiresAt } };
  return { ok: false, code: "INVALID_TOKEN" };
}

async function listening(app: FastifyInstance): Promise<string> {
  return app.listen({ host: "127.0.0.1", port: 0 });
}
