import assert from "node:assert/strict";
import { type Command, rulesProblems, type State } from "@matchforge/core";
import { InProcessRelay, MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import type { FastifyInstance } from "fastify";
import { createSecretDice, EngineNode, EngineRoom, ledgerChain } from "matchforge";
import { MatchPasses } from "../../src/auth/match-passes.ts";
import { Tokens } from "../../src/auth/tokens.ts";
import { buildAdminHttp } from "../../src/http/admin/build-admin-http.ts";
import { buildHttp } from "../../src/http/build-http.ts";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { systemIds } from "../../src/shard/threads/system-ids.ts";
import { Gateway } from "../../src/websocket/gateway.ts";
import { authorisationRules } from "./authorisation-rules.ts";

const secret = "ab".repeat(32);
const shard = "main";
const own = { jwks: null, issuer: null, audience: "matchforge", shard };
const many = { requestsPerMinute: 1_000_000, guestSignInsPerMinute: 1_000_000 };

/** One real node with both of its listeners and its sockets, whose log is in memory. */
export class AuthorisationRig implements AsyncDisposable {
  readonly tokens = new Tokens({ ...own, secret });
  /** Signs with a secret of its own: nobody here takes what it signs. */
  readonly forger = new Tokens({ ...own, secret: "cd".repeat(32) });
  readonly passes = new MatchPasses({ secret, shard });
  readonly failures: unknown[] = [];
  readonly engine: EngineNode;
  readonly #room: EngineRoom;
  readonly #gateway: Gateway;
  readonly #archive = new MemoryArchiveStore().connect();
  readonly #apps: FastifyInstance[] = [];
  url = "";
  adminUrl = "";

  private constructor() {
    const log = new MemoryLogStore({ now: () => Date.now() }).connect();
    const dice = createSecretDice("00".repeat(32));
    const base = { clock: systemClock, dice };
    const failed = (error: unknown) => this.failures.push(error);
    const engine = new EngineNode({
      ...base,
      log,
      name: "a",
      boot: "1",
      chain: ledgerChain,
      rules: authorisationRules,
      servers: { allocators: ["registry"], listed: [], credentialFor: (it) => this.passes.credentialFor(it) },
      report: () => {},
      onFatal: failed,
      shared: false,
    });
    this.engine = engine;
    this.#room = new EngineRoom({
      ...base,
      state: () => engine.state,
      node: engine.key,
      log,
      archive: this.#archive,
      submit: (command) => void engine.submit(command),
      ids: systemIds,
      report: () => {},
    });
    this.#gateway = new Gateway({
      ...base,
      node: {
        key: engine.key,
        get state(): State {
          return engine.state;
        },
        shardTime: () => engine.shardTime(),
        submit: (command) => engine.submit(command),
        onApplied: (listener) => void engine.replica.onApplied(listener),
      },
      relay: new InProcessRelay({ onError: failed }),
      archive: this.#archive,
      passes: this.passes,
      tokens: this.tokens,
      ids: systemIds,
      wallClock: Date.now,
      logger: { warn: () => {}, error: failed },
      metrics: { connected: () => {}, received: () => {}, refused: () => {} },
      mayConnect: () => true,
      addressOf: () => "local",
    });
  }

  static async start(): Promise<AuthorisationRig> {
    assert.deepEqual(rulesProblems(authorisationRules), []);
    const rig = new AuthorisationRig();
    // From the first entry on: what comes before it starts is not in the archive.
    rig.engine.replica.onApplied((entry, events) => rig.#room.applied(entry, events));
    await rig.#room.start();
    await rig.engine.start();
    await rig.#listen();
    return rig;
  }

  get state(): State {
    return this.engine.state;
  }

  async #listen(): Promise<void> {
    const { engine, tokens, passes } = this;
    const shared = {
      state: () => engine.state,
      shardTime: () => engine.shardTime(),
      archive: this.#archive,
      tokens,
      passes,
      submit: (command: Command) => engine.submit(command),
      nodeKey: engine.key,
      clock: systemClock,
      wallClock: Date.now,
      trustedProxies: [],
      limits: many,
      onError: (error: unknown) => this.failures.push(error),
    };
    const app = await buildHttp({
      ...shared,
      ids: systemIds,
      onApplied: (listener) => engine.replica.onApplied(listener),
      dice: createSecretDice("00".repeat(32)),
      shard,
      shards: [{ id: shard, regions: [], url: null }],
      signsTokens: true,
      guestsAllowed: true,
      guestTokenMs: 3_600_000,
      checks: () => [],
      isDraining: () => false,
      metricsText: async () => ({ type: "text/plain", text: "" }),
      nextPlayerId: () => `player_${systemIds.next("ticket").slice("ticket_".length)}`,
    });
    app.server.on("upgrade", (request, stream, head) => this.#gateway.handleUpgrade(request, stream, head));
    const admin = await buildAdminHttp({ ...shared, refusesRules: () => null });
    this.#apps.push(app, admin);
    this.url = await app.listen({ host: "127.0.0.1", port: 0 });
    this.adminUrl = await admin.listen({ host: "127.0.0.1", port: 0 });
  }

  /** Submits a command that must be carried out. */
  async done(command: Command): Promise<void> {
    const outcome = await this.engine.submit(command);
    assert.ok(outcome.ok);
    assert.deepEqual(
      outcome.events.filter(({ type }) => type === "refused"),
      [],
    );
  }

  /** Resolves when everything submitted before has been applied. */
  async settled(): Promise<void> {
    await this.engine.submit({ type: "node.alive" });
  }

  /** Resolves once the state is as asked for; looked at after every entry. */
  reaches(isSo: (state: State) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo(this.state)) return;
        stop();
        resolve();
      };
      const stop = this.engine.replica.onApplied(look);
      look();
    });
  }

  /** Ends every match and ticket, so that nobody of them meets whoever comes next. */
  async clear(): Promise<void> {
    const { players, matches, servers } = this.state;
    const queueing = () => [...players.values()].filter(({ ticket }) => ticket !== null);
    while (matches.size > 0 || queueing().length > 0) {
      // In one breath: a ticket that returns to waiting is taken back before anybody looks at it.
      const closed = [...matches.keys()].map((match) =>
        this.engine.submit({ type: "match.close", match, reason: "test" }),
      );
      const withdrawn = [...players.keys()].map((player) =>
        this.engine.submit({ type: "ticket.cancel", player }),
      );
      await Promise.all([...closed, ...withdrawn]);
    }
    for (const { id: server, epoch } of [...servers.values()])
      await this.engine.submit({ type: "server.down", server, epoch });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const app of this.#apps) await app.close();
    this.#gateway.close();
    this.#room.halt();
    await this.engine.halt();
    assert.deepEqual(this.failures, []);
  }
}
