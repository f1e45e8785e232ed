import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command, KernelEvent, MatchId, PlayerId, State, TicketEnqueue } from "@matchforge/core";
import type { FastifyInstance } from "fastify";
import { MatchPasses } from "../../src/auth/match-passes.ts";
import { Tokens } from "../../src/auth/tokens.ts";
import { buildHttp } from "../../src/http/build-http.ts";
import { parseRules } from "../../src/index.ts";
import { startEmbeddedShard } from "../../src/shard/embedded-shard.ts";
import type { RunningShard } from "../../src/shard/running-shard.ts";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { systemIds } from "../../src/shard/threads/system-ids.ts";

const rulesText = `
[ledger]
faucet = 1000
faucet_every = 600

[[modes]]
id = "duel"
game = "typing_duel"
stakes = { bronze = 50 }
burn = 0.10
rating = { system = "elo", k = 32, initial = 1200, rounding = "truncate" }
requires = ["escrow"]
countdown = 0.1
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 60

[[modes]]
id = "ladder"
rating = { system = "elo", k = 32, initial = 1200 }
[modes.search]
widening = [{ after = 0, gap = 10 }, { after = 100, gap = 300 }]
`;

const parsed = parseRules(rulesText, "rules.toml");
assert.ok(parsed.ok, JSON.stringify(parsed));
const { rules } = parsed;

/** A real shard in a folder, with its thread, and the HTTP side over it. Players are commands of the test. */
export class ShardHttpRig {
  readonly shard: RunningShard;
  /** The folder to remove at the end. */
  readonly #dataDir: string | null;
  readonly #app: FastifyInstance;
  readonly #tokens: Tokens;
  readonly url: string;

  private constructor(parts: {
    shard: RunningShard;
    dataDir: string | null;
    app: FastifyInstance;
    tokens: Tokens;
    url: string;
  }) {
    this.shard = parts.shard;
    this.#dataDir = parts.dataDir;
    this.#app = parts.app;
    this.#tokens = parts.tokens;
    this.url = parts.url;
  }

  /** In a folder of the test's own, if given; else in one that is gone afterwards. */
  static async start(given?: string): Promise<ShardHttpRig> {
    const dataDir = given ?? mkdtempSync(join(tmpdir(), "matchforge-http-"));
    const failed = (error: unknown) => assert.fail(String(error));
    const shard = await startEmbeddedShard({
      dataDir,
      shardSecret: "5a".repeat(32),
      rules,
      report: () => {},
      onFatal: failed,
    });
    const tokens = new Tokens({
      secret: "ab".repeat(32),
      jwks: null,
      issuer: null,
      audience: "matchforge",
      shard: "main",
    });
    const { node } = shard;
    const app = await buildHttp({
      state: () => node.state,
      shardTime: () => node.shardTime(),
      archive: shard.archive,
      tokens,
      passes: new MatchPasses({ secret: "ab".repeat(32), shard: "main" }),
      submit: (command) => node.submit(command),
      nodeKey: node.key,
      ids: systemIds,
      onApplied: (listener) => node.replica.onApplied(listener),
      clock: systemClock,
      dice: shard.dice,
      shard: "main",
      shards: [{ id: "main", regions: [], url: null }],
      signsTokens: true,
      guestsAllowed: true,
      guestTokenMs: 3_600_000,
      trustedProxies: [],
      checks: () => [],
      isDraining: () => false,
      metricsText: async () => ({ type: "text/plain", text: "" }),
      nextPlayerId: () => "player_guest",
      wallClock: Date.now,
      onError: failed,
    });
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    return new ShardHttpRig({ shard, dataDir: given === undefined ? dataDir : null, app, tokens, url });
  }

  get state(): State {
    return this.shard.node.state;
  }

  token(player: PlayerId, expiresAt = Date.now() + 3_600_000): Promise<string> {
    return this.#tokens.mint({ player, expiresAt });
  }

  /** Asks, as a player if one is named. */
  async get(path: string, player?: PlayerId): Promise<Response> {
    const headers = new Headers();
    if (player !== undefined) headers.set("authorization", `Bearer ${await this.token(player)}`);
    return fetch(`${this.url}${path}`, { headers });
  }

  /** Submits a command that must be carried out. */
  async done(command: Command): Promise<readonly KernelEvent[]> {
    const outcome = await this.shard.node.submit(command);
    assert.ok(outcome.ok);
    const refused = outcome.events.filter(({ type }) => type === "refused");
    assert.deepEqual(refused, []);
    return outcome.events;
  }

  /** Somebody who comes with a rating and queues. */
  async queue(
    player: PlayerId,
    pool: TicketEnqueue["pools"][number],
    { rating = 1_200, wishes = {} }: { rating?: number; wishes?: TicketEnqueue["wishes"] } = {},
  ): Promise<void> {
    const record = {
      mode: pool.mode,
      rating,
      deviation: 90,
      volatility: 0.06,
      games: 5,
      wins: 2,
      meanWpm: 0,
    };
    const { key } = this.shard.node;
    await this.done({ type: "player.connected", player, node: key, guest: true, records: [record] });
    await this.done({
      type: "ticket.enqueue",
      ticket: systemIds.next("ticket"),
      player,
      members: [player],
      party: null,
      pools: [pool],
      wishes,
      draw: 1,
      secretEpoch: [...this.state.secretEpochs.keys()].at(-1) ?? 0,
    });
  }

  /** Resolves once the state is as asked for; looked at after every entry. */
  reaches(isSo: (state: State) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (isSo(this.state)) resolve();
      };
      this.shard.node.replica.onApplied(look);
      look();
    });
  }

  /** Two who have been found for each other in a wagered duel. */
  async found(players: readonly [PlayerId, PlayerId]): Promise<MatchId> {
    for (const [place, player] of players.entries())
      await this.queue(player, { mode: "duel", tier: "bronze" }, { rating: 1_234.5 + 111 * place });
    await this.reaches((state) => players.every((player) => state.players.get(player)?.match != null));
    return this.state.players.get(players[0])?.match as MatchId;
  }

  /** Two in play. */
  async playing(players: readonly [PlayerId, PlayerId]): Promise<MatchId> {
    const match = await this.found(players);
    for (const player of players) await this.done({ type: "match.accept", match, player });
    await this.reaches((state) => state.matches.get(match)?.phase.state === "ACTIVE");
    return match;
  }

  /** Ends every match and ticket: nothing drawn from a secret is in use any more. */
  async clear(): Promise<void> {
    for (const match of [...this.state.matches.keys()])
      await this.done({ type: "match.close", match, reason: "test" });
    for (const { id, ticket } of [...this.state.players.values()])
      if (ticket !== null) await this.done({ type: "ticket.cancel", player: id });
  }

  async stop(): Promise<void> {
    await this.#app.close();
    await this.shard.stop();
    if (this.#dataDir !== null) rmSync(this.#dataDir, { recursive: true });
  }
}
