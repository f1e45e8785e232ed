import { MemoryArchiveStore } from "@matchforge/stores";
import type { FastifyInstance } from "fastify";
import { MatchPasses } from "../../src/auth/match-passes.ts";
import { Tokens } from "../../src/auth/tokens.ts";
import { buildAdminHttp } from "../../src/http/admin/build-admin-http.ts";
import { buildHttp, type HttpDeps, type RequestContext } from "../../src/http/build-http.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { systemIds } from "../../src/shard/threads/system-ids.ts";
import { GatewayRig } from "../gateway/gateway-rig.ts";

/** An archive that knows nobody. */
export const emptyArchive: Omit<HttpDeps["archive"], "cursor"> = {
  match: async () => undefined,
  matchesOf: async () => [],
  player: async () => undefined,
  leaderboard: async () => [],
  ratingHistory: async () => [],
};

/** The HTTP side alone over a real node, with a wall clock that stands still until it is moved. */
export class HttpRig {
  readonly gateway: GatewayRig;
  readonly failures: { error: unknown; context: RequestContext }[] = [];
  url = "";
  wallTime = 1_700_000_000_000;
  #app: FastifyInstance | undefined;

  private constructor(gateway: GatewayRig) {
    this.gateway = gateway;
  }

  static async start(changes: (rig: HttpRig) => Partial<HttpDeps> = () => ({})): Promise<HttpRig> {
    const rig = new HttpRig(await GatewayRig.start());
    const { node } = rig.gateway;
    const metrics = new Metrics({ state: () => node.state, idleMs: () => 0 });
    rig.#app = await buildHttp({
      state: () => node.state,
      shardTime: () => node.shardTime(),
      archive: { ...emptyArchive, cursor: async () => node.state.position },
      tokens: new Tokens({
        secret: "ab".repeat(32),
        jwks: null,
        issuer: null,
        audience: "matchforge",
        shard: "main",
      }),
      passes: new MatchPasses({ secret: "ab".repeat(32), shard: "main" }),
      submit: (command) => node.submit(command),
      nodeKey: node.key,
      ids: systemIds,
      onApplied: (listener) => node.replica.onApplied(listener),
      clock: systemClock,
      dice: rig.gateway.dice,
      shard: "main",
      shards: [{ id: "main", regions: [], url: null }],
      signsTokens: true,
      guestsAllowed: true,
      guestTokenMs: 3_600_000,
      trustedProxies: [],
      checks: () => [{ name: "node", isOk: node.alive }],
      isDraining: () => false,
      metricsText: () => metrics.text(),
      nextPlayerId: () => `player_${systemIds.next("ticket").slice("ticket_".length)}`,
      wallClock: () => rig.wallTime,
      onError: (error, context) => rig.failures.push({ error, context }),
      ...changes(rig),
    });
    rig.url = await rig.#app.listen({ host: "127.0.0.1", port: 0 });
    return rig;
  }

  /** The operators' listener alone over a real node. */
  static async startAdmin(): Promise<HttpRig> {
    const rig = new HttpRig(await GatewayRig.start());
    const { node } = rig.gateway;
    const secret = "ab".repeat(32);
    const own = { jwks: null, issuer: null, audience: "matchforge", shard: "main" };
    rig.#app = await buildAdminHttp({
      state: () => node.state,
      shardTime: () => node.shardTime(),
      archive: new MemoryArchiveStore().connect(),
      tokens: new Tokens({ ...own, secret }),
      submit: (command) => node.submit(command),
      nodeKey: node.key,
      clock: systemClock,
      trustedProxies: [],
      wallClock: () => rig.wallTime,
      refusesRules: () => null,
      onError: (error, context) => rig.failures.push({ error, context }),
    });
    rig.url = await rig.#app.listen({ host: "127.0.0.1", port: 0 });
    return rig;
  }

  /** The tree of paths that are served. */
  get routes(): string {
    return this.#app?.printRoutes({ commonPrefix: false }) ?? "";
  }

  get(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.url}${path}`, init);
  }

  async stop(): Promise<void> {
    await this.#app?.close();
    await this.gateway.stop();
  }
}
