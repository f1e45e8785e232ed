import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defineMode, defineRules, type PlayerId, type State } from "@matchforge/core";
import { InProcessRelay, MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import { createSecretDice, EngineNode, EngineRoom, ledgerChain, ManualClock } from "matchforge";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { systemIds } from "../../src/shard/threads/system-ids.ts";
import { Gateway } from "../../src/websocket/gateway.ts";
import type { GatewayDeps } from "../../src/websocket/ports.ts";
import { TestClient } from "./test-client.ts";

const rules = defineRules({
  modes: [defineMode({ id: "duel", game: "typing_duel", rating: null, countdownMs: 0, durationMs: 60_000 })],
});

/** A node over the memory log with a gateway on a real socket. The gateway's clock stands still until moved. */
export class GatewayRig {
  readonly clock = new ManualClock();
  readonly dice = createSecretDice("00".repeat(32));
  readonly logged: string[] = [];
  readonly node: EngineNode;
  readonly gateway: Gateway;
  readonly #room: EngineRoom;
  readonly #server = createServer();
  #now = 0;

  private constructor(overrides: Partial<GatewayDeps>) {
    const log = new MemoryLogStore({ now: () => Date.now() }).connect();
    const archive = new MemoryArchiveStore().connect();
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
    this.gateway = new Gateway({
      node: {
        key: node.key,
        get state(): State {
          return node.state;
        },
        shardTime: () => node.shardTime(),
        submit: (command) => node.submit(command),
        onApplied: (listener) => node.replica.onApplied(listener),
      },
      relay: new InProcessRelay({ onError: (error) => this.logged.push(String(error)) }),
      archive,
      clock: this.clock,
      dice: this.dice,
      ids: systemIds,
      wallClock: () => Date.now(),
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
    });
    this.#server.on("upgrade", (request, stream, head) => this.gateway.handleUpgrade(request, stream, head));
  }

  static async start(overrides: Partial<GatewayDeps> = {}): Promise<GatewayRig> {
    const rig = new GatewayRig(overrides);
    await rig.node.start();
    await rig.#room.start();
    rig.node.replica.onApplied((entry, events) => rig.#room.applied(entry, events));
    await new Promise<void>((resolve) => rig.#server.listen(0, "127.0.0.1", resolve));
    return rig;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  open(): Promise<TestClient> {
    return TestClient.open(`ws://127.0.0.1:${this.port}/ws`);
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

  /** Lets the gateway's time pass while the log goes on. */
  async passServing(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1_000) {
      this.pass(1_000);
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

  async stop(): Promise<void> {
    this.gateway.close();
    this.#room.halt();
    await this.node.halt();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
