import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { signInAsGuest } from "@matchforge/client";
import type { PlayerId } from "@matchforge/core";
import { type RouteDefinition, routeFailures } from "@matchforge/protocol/schemas";
import { pino } from "pino";
import { Errors } from "typebox/value";
import { readSecret, secretFiles } from "../../src/auth/secrets.ts";
import { Tokens } from "../../src/auth/tokens.ts";
import type { Overrides } from "../../src/config/gather-settings.ts";
import { Coordinator, loadConfig, parseRules } from "../../src/index.ts";
import { Player } from "../e2e/player.ts";
import { rulesText } from "../e2e/rules-text.ts";
import { type Deployment, deploy, deployFleet } from "../e2e/setups.ts";
import { problemOf } from "../http/http-client.ts";

/** Looks again and again until something is so: now and then, because the listener limits how often it is asked. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setTimeout(25);
}

/** What a request sends besides its route. */
export interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Coordinators of one shard with operators' listeners, whose players and operators are real clients. */
export class AdminRig implements AsyncDisposable {
  readonly deployment: Deployment;
  readonly nodes: Coordinator[] = [];
  readonly #players: Player[] = [];

  private constructor(deployment: Deployment) {
    this.deployment = deployment;
  }

  /** One node with everything embedded. */
  static async alone(): Promise<AdminRig> {
    const rig = new AdminRig(await deploy("embedded"));
    await rig.start(0);
    return rig;
  }

  /** Two nodes of a fleet; the first leads. */
  static async pair(): Promise<AdminRig> {
    const rig = new AdminRig(await deployFleet("postgres", null));
    for (const index of [0, 1]) await rig.start(index);
    return rig;
  }

  /** Starts a node where it stood. */
  async start(index: number, change: Overrides = {}): Promise<Coordinator> {
    const given = { port: "0", admin_port: "0", guests: "on", ...this.deployment.nodes[index], ...change };
    const config = loadConfig({ file: undefined, environment: {}, given });
    const rules = parseRules(rulesText, "test.toml");
    assert.ok(config.ok && rules.ok, JSON.stringify({ config, rules }));
    const node = await Coordinator.start({
      config: config.config,
      rules: rules.rules,
      logger: pino({ level: "silent" }),
      onFatal: (error) => {
        throw error;
      },
    });
    this.nodes[index] = node;
    return node;
  }

  /** The operators' listener of a node. */
  adminUrl(index = 0): string {
    return this.nodes[index]?.adminUrl ?? assert.fail("this node does not listen to operators");
  }

  async token(claims: Parameters<Tokens["mint"]>[0] | "admin" = "admin"): Promise<string> {
    const [{ data_dir = "", shard = "main" } = {}] = this.deployment.nodes;
    const secret = readSecret(join(data_dir, secretFiles.token));
    const tokens = new Tokens({ secret, jwks: null, issuer: null, audience: "matchforge", shard });
    const expiresAt = Date.now() + 3_600_000;
    return tokens.mint(claims === "admin" ? { player: "player_root", role: "admin", expiresAt } : claims);
  }

  /** Sends a request as an operator, unless told otherwise; null: without a token. */
  async send(
    { method, path }: Pick<RouteDefinition, "method" | "path">,
    { params = {}, query = {}, body }: Sent = {},
    { token, index = 0 }: { readonly token?: string | null; readonly index?: number } = {},
  ): Promise<Response> {
    const place = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? "none"));
    const asked = new URLSearchParams(query).toString();
    const bearer = token === undefined ? await this.token() : token;
    return fetch(`${this.adminUrl(index)}${place}${asked === "" ? "" : `?${asked}`}`, {
      method,
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  /** The answer to an operator, held against the route's schema. */
  async ask<Answer extends object>(
    route: RouteDefinition & { readonly example: Answer | null },
    sent: Sent = {},
    index = 0,
  ): Promise<Answer> {
    const response = await this.send(route, sent, { index });
    const text = await response.text();
    assert.equal(response.status, route.status, text);
    assert.equal(response.headers.get("cache-control"), "no-store");
    const answer = JSON.parse(text) as Answer;
    assert.deepEqual([...Errors(route.answer ?? {}, answer)], [], text);
    return answer;
  }

  /** The code an operator is refused with: one that the route names. */
  async code(route: RouteDefinition, sent: Sent = {}): Promise<string> {
    const { code } = await problemOf(await this.send(route, sent));
    assert.ok((routeFailures(route) as readonly string[]).includes(code), `${route.name}: ${code}`);
    return code;
  }

  /** A guest who is signed in at a node. */
  async player(index = 0): Promise<Player> {
    const url = this.nodes[index]?.url ?? "";
    const { token, player_id } = await signInAsGuest(url);
    const player = await Player.open(url);
    this.#players.push(player);
    await player.signIn({ token, id: player_id as PlayerId });
    return player;
  }

  /** Two players who were found for each other. */
  async found(entry: { game_type: string; stake_tier?: string }): Promise<[Player, Player, string]> {
    const pair: [Player, Player] = [await this.player(), await this.player()];
    for (const player of pair) await player.ask("queue.enter", entry);
    const [found] = await Promise.all(pair.map((player) => player.next("match.found")));
    return [...pair, found?.data.match_id ?? ""];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const player of this.#players) player.terminate();
    await Promise.all(this.nodes.map((node) => node.stop()));
    this.deployment.remove();
    assert.deepEqual(
      this.#players.flatMap(({ faults }) => faults),
      [],
    );
  }
}
