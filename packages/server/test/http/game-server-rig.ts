import assert from "node:assert/strict";
import type { MatchId, PlayerId, ServerId } from "@matchforge/core";
import { MatchPasses } from "../../src/auth/match-passes.ts";
import { Tokens } from "../../src/auth/tokens.ts";
import type { HttpLimits } from "../../src/http/limits.ts";
import type { TestClient } from "../gateway/test-client.ts";
import { HttpRig } from "./http-rig.ts";

const secret = "ab".repeat(32);

/** The HTTP side over a real node, with game servers and matches that are played on them. */
export class GameServerRig {
  readonly http: HttpRig;
  readonly passes = new MatchPasses({ secret, shard: "main" });
  readonly #tokens = new Tokens({ secret, jwks: null, issuer: null, audience: "matchforge", shard: "main" });
  readonly expiresAt = Date.now() + 3_600_000;

  private constructor(http: HttpRig) {
    this.http = http;
  }

  static async start(limits: Partial<HttpLimits> = {}): Promise<GameServerRig> {
    return new GameServerRig(await HttpRig.start(({ gateway }) => ({ archive: gateway.archive, limits })));
  }

  get node() {
    return this.http.gateway.node;
  }

  serverToken(name: string): Promise<string> {
    return this.#tokens.mint({ server: `server_${name}`, expiresAt: this.expiresAt });
  }

  playerToken(player: PlayerId, role: "player" | "admin" = "player"): Promise<string> {
    return this.#tokens.mint({ player, role, expiresAt: this.expiresAt });
  }

  credential(match: MatchId, attempt = 1): Promise<string> {
    return this.passes.credentialFor({ match, attempt });
  }

  ask(
    method: string,
    path: string,
    { token, body }: { token?: string; body?: unknown } = {},
  ): Promise<Response> {
    const headers = new Headers();
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    if (body !== undefined) headers.set("content-type", "application/json");
    const text = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    return this.http.get(path, { method, headers, ...text });
  }

  /** Asks and answers the code of the problem, or the status of success. */
  async codeOf(...request: Parameters<GameServerRig["ask"]>): Promise<string | number> {
    const response = await this.ask(...request);
    if (response.ok) return response.status;
    assert.match(response.headers.get("content-type") ?? "", /problem\+json/);
    return ((await response.json()) as { code: string }).code;
  }

  /** A registered server; answers its epoch. */
  async register(name: string, change: object = {}): Promise<number> {
    const body = {
      instance: "1",
      address: `203.0.113.7:${name.length}`,
      region: "eu",
      capacity: 2,
      ...change,
    };
    const response = await this.ask("POST", "/api/v1/servers", { token: await this.serverToken(name), body });
    assert.equal(response.status, 200, await response.clone().text());
    return ((await response.json()) as { epoch: number }).epoch;
  }

  /** Two players, in the order of their teams, in a match that has its server and counts down. */
  async assigned(names: readonly [string, string] = ["a", "b"]) {
    const { gateway } = this.http;
    const joined = new Map<PlayerId, TestClient>();
    for (const name of names) joined.set(`player_${name}`, await gateway.signIn(`player_${name}`));
    for (const client of joined.values()) await client.ask("queue.enter", { game_type: "hosted" });
    const [loading] = await Promise.all([...joined.values()].map((client) => client.next("match.loading")));
    const match = (loading?.data.match_id ?? "") as MatchId;
    const players = (this.node.state.matches.get(match)?.players ?? []).map(({ id }) => id);
    const clients = players.map((player) => joined.get(player) as TestClient);
    for (const client of clients) await client.ask("match.loaded", { match_id: match });
    const assigned = await Promise.all(clients.map((client) => client.next("match.assigned")));
    const tickets = assigned.map(({ data }) => data.match_ticket ?? "");
    return { match, players, clients, tickets };
  }

  /** Shard time passes, and all servers say that they live. */
  async passHeard(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 5_000) {
      const servers = [...this.node.state.servers.values()].map(({ id: server, epoch }) => ({
        server,
        epoch,
      }));
      await this.node.submit({ type: "server.alive", servers });
      await this.http.gateway.passShardTime(5_000);
    }
  }

  /** The same in play. */
  async playing(names?: readonly [string, string]) {
    const game = await this.assigned(names);
    await this.http.gateway.passShardTime(6_000);
    await Promise.all(game.clients.map((client) => client.next("game.started")));
    return game;
  }

  serverOf(match: MatchId): ServerId | null | undefined {
    return this.node.state.matches.get(match)?.allocation?.server;
  }

  stop(): Promise<void> {
    return this.http.stop();
  }
}
