import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  defineMode,
  defineRules,
  type ModeRules,
  type PlayerId,
  rulesProblems,
  type State,
} from "@matchforge/core";
import { serverMessageErrors } from "@matchforge/protocol/validate";
import { InProcessRelay, MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import { createSecretDice, EngineNode, EngineRoom, ledgerChain, ManualClock } from "matchforge";
import { MatchPasses } from "../../src/auth/match-passes.ts";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { systemIds } from "../../src/shard/threads/system-ids.ts";
import { Gateway } from "../../src/websocket/gateway.ts";
import type { GatewayDeps } from "../../src/websocket/ports.ts";
import { TestClient } from "./test-client.ts";

/** Two against two, each a tank and a healer. */
const brawl = {
  teams: [2, 2],
  partySizeMax: 2,
  roles: [
    { role: "tank", count: 1 },
    { role: "healer", count: 1 },
  ],
  maps: ["Old Harbour"],
  rating: { system: "elo", k: 32, initial: 1200, rounding: "truncate" },
  search: {
    widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
    avoidRematch: null,
    regions: { names: ["eu", "us"], latencyMax: [{ afterMs: 0, latencyMs: 100 }] },
  },
  countdownMs: 0,
  durationMs: 60_000,
} as const satisfies Partial<ModeRules>;

const rules = defineRules({
  modes: [
    defineMode({ id: "duel", game: "typing_duel", rating: null, countdownMs: 0, durationMs: 60_000 }),
    defineMode({ id: "brawl", ...brawl }),
    defineMode({ id: "masked", ...brawl, revealOpponent: "accepted" }),
    defineMode({
      id: "hunt",
      round: { playersMin: 2, playersMax: 3, registrationMs: 60_000, extensionMs: 0 },
      search: { ...brawl.search, regions: { names: ["eu"], latencyMax: [] } },
      countdownMs: 0,
      durationMs: 60_000,
    }),
    defineMode({
      id: "hosted",
      search: brawl.search,
      requires: ["loading", "server"],
      readyCheckMs: null,
      countdownMs: 5_000,
      durationMs: 600_000,
    }),
    defineMode({ id: "friendly", search: brawl.search, readyCheckMs: null, countdownMs: 0 }),
    defineMode({ id: "siege", ...brawl, teams: [1, 1], roles: [{ role: "tank", count: 1 }] }),
  ],
});

/** A node over the memory log with a gateway on a real socket. The gateway's clock stands still until moved. */
export class GatewayRig {
  readonly clock = new ManualClock();
  readonly dice = createSecretDice("00".repeat(32));
  readonly logged: string[] = [];
  readonly archive = new MemoryArchiveStore().connect();
  readonly node: EngineNode;
  gateway: Gateway;
  readonly #gatewayDeps: GatewayDeps;
  readonly #room: EngineRoom;
  readonly #server = createServer();
  readonly #clients: TestClient[] = [];
  #now = 0;
  #logAheadMs = 0;
  #held: Promise<void> | null = null;

  private constructor(overrides: Partial<GatewayDeps>) {
    const log = new MemoryLogStore({ now: () => Date.now() + this.#logAheadMs }).connect();
    const { archive } = this;
    const report = () => {};
    const node = new EngineNode({
      log,
      name: "a",
      boot: "1",
      clock: systemClock,
      dice: this.dice,
      chain: ledgerChain,
      rules,
      report,
      onFatal: (error) => assert.fail(String(error)),
      shared: false,
    });
    this.node = node;
    this.#room = new EngineRoom({
      state: () => node.state,
      node: node.key,
      log,
      archive,
      submit: (command) => void node.submit(command),
      clock: systemClock,
      dice: this.dice,
      ids: systemIds,
      report,
    });
    this.#gatewayDeps = {
      node: {
        key: node.key,
        get state(): State {
          return node.state;
        },
        shardTime: () => node.shardTime(),
        submit: async (command) => {
          if (this.#held !== null) await this.#held;
          return node.submit(command);
        },
        onApplied: (listener) => node.replica.onApplied(listener),
      },
      relay: new InProcessRelay({ onError: (error) => this.logged.push(String(error)) }),
      archive,
      clock: this.clock,
      dice: this.dice,
      ids: systemIds,
      wallClock: () => Date.now(),
      passes: new MatchPasses({ secret: "ab".repeat(32), shard: "main" }),
      tokens: {
        verify: async (token) => {
          const expiresAt = Number.MAX_SAFE_INTEGER;
          return {
            ok: true,
            identity: { player: token as PlayerId, guest: true, role: "player", expiresAt },
          };
        },
      },
      logger: { warn: (_, text) => this.logged.push(text), error: (_, text) => this.logged.push(text) },
      metrics: { connected: () => {}, received: () => {}, refused: () => {} },
      mayConnect: () => true,
      addressOf: () => "local",
      ...overrides,
    };
    this.gateway = new Gateway(this.#gatewayDeps);
    this.#server.on("upgrade", (request, stream, head) => this.gateway.handleUpgrade(request, stream, head));
  }

  static async start(overrides: Partial<GatewayDeps> = {}): Promise<GatewayRig> {
    assert.deepEqual(rulesProblems(rules), []);
    const rig = new GatewayRig(overrides);
    await rig.node.start();
    await rig.#room.start();
    rig.node.replica.onApplied((entry, events) => rig.#room.applied(entry, events));
    await new Promise<void>((resolve) => rig.#server.listen(0, "127.0.0.1", resolve));
    return rig;
  }

  /** Another gateway takes over, which has seen nothing of what happened before. */
  renewGateway(): void {
    this.gateway.close();
    this.gateway = new Gateway(this.#gatewayDeps);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async open(): Promise<TestClient> {
    const client = await TestClient.open(`ws://127.0.0.1:${this.port}/ws`);
    this.#clients.push(client);
    return client;
  }

  async signIn(player: PlayerId): Promise<TestClient> {
    const client = await this.open();
    const reply = await client.ask("auth", { token: player, client: "test" });
    assert.equal(reply.type, "auth.success");
    await client.next("session.sync");
    return client;
  }

  /** Two players who have been found for each other. */
  async found() {
    const clients = [await this.signIn("player_a"), await this.signIn("player_b")] as const;
    for (const client of clients) await client.ask("queue.enter", { game_type: "duel" });
    const [first] = await Promise.all(clients.map((client) => client.next("match.found")));
    return { a: clients[0], b: clients[1], match: first.data.match_id };
  }

  /** Two players in an ACTIVE duel. */
  async playing() {
    const found = await this.found();
    const { a, b, match } = found;
    for (const client of [a, b]) await client.ask("match.ready", { match_id: match, response: "accept" });
    const [started] = await Promise.all([a.next("game.started"), b.next("game.started")]);
    return { ...found, text: started.data.code_sequence ?? "" };
  }

  /** Resolves once the node's state is as asked for; looked at after every entry. */
  state(isSo: (state: State) => boolean): Promise<void> {
    return new Promise((resolve) => {
      let isDone = false;
      const look = () => {
        if (isDone || !isSo(this.node.state)) return;
        isDone = true;
        resolve();
      };
      this.node.replica.onApplied(look);
      look();
    });
  }

  /** Resolves when everything submitted before stands in the log. */
  async settled(): Promise<void> {
    await this.node.submit({ type: "node.alive" });
  }

  /** Keeps the commands of players from the log until the function it answers is called. */
  holdCommands(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    return () => {
      this.#held = null;
      resolve();
    };
  }

  /** Lets the gateway's time pass while the log goes on. */
  async passServing(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1_000) {
      this.pass(1_000);
      await this.settled();
    }
  }

  /** Lets shard time pass, as fast as the log takes entries. */
  async passShardTime(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1_000) {
      this.#logAheadMs += 1_000;
      await this.settled();
    }
  }

  /** Lets the gateway's time pass while nothing is applied, in steps of its own sweep. */
  pass(ms: number): void {
    const end = this.#now + ms;
    while (this.#now < end) {
      this.#now = Math.min(end, this.#now + 250);
      this.clock.advanceTo(this.#now);
    }
  }

  /** Ends the node; everything it said kept to its schema. */
  async stop(): Promise<void> {
    this.gateway.close();
    this.#room.halt();
    await this.node.halt();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    assert.deepEqual(
      this.#clients.flatMap(({ messages }) => messages.flatMap(serverMessageErrors)),
      [],
    );
  }
}
