import assert from "node:assert/strict";
import { join } from "node:path";
import type { MatchId, PlayerId } from "@matchforge/core";
import { MatchPasses } from "../../../src/auth/match-passes.ts";
import { readSecret, secretFiles } from "../../../src/auth/secrets.ts";
import { Tokens } from "../../../src/auth/tokens.ts";
import { ServerRig } from "../../e2e/server-rig.ts";

const hourMs = 3_600_000;

/** A running server in which something has happened, and tokens of every kind. */
export class World {
  readonly rig: ServerRig;
  /** What `Authorization` says, by a name that a failure shows; null for nothing. */
  readonly tokens: Readonly<Record<string, string | null>>;
  /** What an example may name that there is here: ids by their prefix, parameters by their name. */
  readonly #known: Readonly<Record<string, string>>;
  #requests = 0;

  private constructor(rig: ServerRig, tokens: World["tokens"], known: Readonly<Record<string, string>>) {
    this.rig = rig;
    this.tokens = tokens;
    this.#known = known;
  }

  static async start(): Promise<World> {
    const rig = await ServerRig.start({
      admin_port: "0",
      trusted_proxies: "127.0.0.1",
      shards: JSON.stringify([
        { id: "main", regions: ["eu-west"] },
        { id: "us", regions: ["us-east"], url: "https://us.example" },
      ]),
    });
    const [a, b, match] = await rig.playing({ game_type: "sprint", stake_tier: "bronze" });
    const ofA = a.seen;
    await b.ask("match.abandon", { match_id: match });
    await a.next("match.settled", ofA);
    const player = a.id as PlayerId;
    const tokens = await tokensOf(rig, { player, match: match as MatchId });
    const ticket = await ticketOf(rig, tokens.player ?? "");
    const known = { match, player, ticket, server: "server_contract", wait: "0" };
    return new World(rig, tokens, known);
  }

  /** What there is here in the place of what an example names. */
  real(value: unknown, name = ""): unknown {
    if (typeof value !== "string") return value;
    const [prefix = ""] = value.split("_");
    return this.#known[name] ?? (value.includes("_") ? this.#known[prefix] : undefined) ?? value;
  }

  /** An address nobody has asked from: the limits of one address are not what is tested. */
  nextAddress(): string {
    this.#requests += 1;
    return `10.${(this.#requests >> 16) & 255}.${(this.#requests >> 8) & 255}.${this.#requests & 255}`;
  }

  stop(): Promise<void> {
    return this.rig.stop();
  }
}

/** A ticket that waits as long as nobody takes it back. */
async function ticketOf({ url }: ServerRig, authorization: string): Promise<string> {
  const headers = { authorization, "content-type": "application/json", "idempotency-key": "contract" };
  const body = JSON.stringify({ mode: "slow" });
  const response = await fetch(`${url}/api/v1/tickets`, { method: "POST", headers, body });
  assert.equal(response.status, 201, await response.clone().text());
  return ((await response.json()) as { ticket_id: string }).ticket_id;
}

async function tokensOf(
  { dataDir, deployment }: ServerRig,
  { player, match }: { readonly player: PlayerId; readonly match: MatchId },
): Promise<World["tokens"]> {
  const shard = deployment.nodes[0]?.shard ?? "main";
  const own = { jwks: null, issuer: null, audience: "matchforge", shard };
  const secret = readSecret(join(dataDir, secretFiles.token));
  const here = new Tokens({ ...own, secret });
  const stranger = new Tokens({ ...own, secret: "cd".repeat(32) });
  const expiresAt = Date.now() + hourMs;
  const bearers = {
    player: await here.mint({ player, expiresAt }),
    guest: await here.mint({ player: "player_contract_guest", guest: true, expiresAt }),
    server: await here.mint({ server: "server_contract", expiresAt }),
    match: await new MatchPasses({ secret, shard }).credentialFor({ match, attempt: 1 }),
    admin: await here.mint({ player: "player_contract_admin", role: "admin", expiresAt }),
    expired: await here.mint({ player, expiresAt: Date.now() - hourMs }),
    foreign: await stranger.mint({ player, role: "admin", expiresAt }),
    elsewhere: await here.mint({ player, expiresAt, shard: "us" }),
    garbage: "e30.e30.e30",
    long: "x".repeat(5_000),
    nothing: "",
  };
  const headers = Object.entries(bearers).map(([name, token]) => [name, `Bearer ${token}`]);
  return { ...Object.fromEntries(headers), basic: "Basic dXNlcjpwYXNz", none: null };
}

/** Whether a name is that of a token which is valid here, whatever its bearer may do. */
export function isRole(name: string): boolean {
  return ["player", "guest", "server", "match", "admin"].includes(name);
}
