import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlayerId, ServerId } from "@matchforge/core";
import type { RouteDefinition } from "@matchforge/protocol/schemas";
import { redisForTests } from "@matchforge/testbed";
import { Redis } from "ioredis";
import { pino } from "pino";
import { readSecret, secretFiles } from "../../src/auth/secrets.ts";
import { Tokens } from "../../src/auth/tokens.ts";
import { Coordinator, loadConfig, parseRules } from "../../src/index.ts";
import { Player } from "../e2e/player.ts";
import { temporaryFolder } from "../e2e/temporary-folder.ts";
import { Told } from "./told.ts";

const rulesText = `
[[modes]]
id = "hosted"
requires = ["loading", "server"]
server_labels = { build = "7" }
countdown = 0.3
duration = 600
rating = { system = "elo", k = 32, initial = 1200 }
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 60
`;

/** A game server with things to tell nobody else. */
export interface SecretServer {
  readonly name: string;
  readonly id: ServerId;
  readonly address: string;
  readonly instance: string;
  /** What it says of itself beyond what the mode asks for. */
  readonly label: string;
  readonly epoch: number;
}

/** A running coordinator with everything switched on that tells somebody something; whatever is told is kept. */
export class SecrecyWorld implements AsyncDisposable {
  readonly told = new Told();
  readonly coordinator: Coordinator;
  readonly dataDir: string;
  readonly #tokens: Tokens;
  readonly #channels: Redis;
  readonly #sockets: { readonly who: string; readonly player: Player }[] = [];
  #requests = 0;

  private constructor(parts: { coordinator: Coordinator; dataDir: string; tokens: Tokens; channels: Redis }) {
    this.coordinator = parts.coordinator;
    this.dataDir = parts.dataDir;
    this.#tokens = parts.tokens;
    this.#channels = parts.channels;
    this.#channels.on("pmessage", (_pattern, channel, message) =>
      this.told.hear("channels", String(channel), String(message)),
    );
  }

  static async start(): Promise<SecrecyWorld> {
    const dataDir = temporaryFolder();
    const { url: redis } = await redisForTests();
    const prefix = `secrecy-${randomBytes(4).toString("hex")}:`;
    const channels = new Redis(redis);
    await channels.psubscribe(`${prefix}*`);
    const given = {
      port: "0",
      admin_port: "0",
      data_dir: dataDir,
      trusted_proxies: "127.0.0.1",
      "streams.sinks": "json_lines",
      "streams.file": join(dataDir, "events.jsonl"),
      "streams.redis": redis,
      "streams.channels": "true",
      "streams.channels_prefix": prefix,
    };
    const config = loadConfig({ file: undefined, environment: {}, given });
    const rules = parseRules(rulesText, "secrecy.toml");
    assert.ok(config.ok && rules.ok, JSON.stringify({ config, rules }));
    const lines: string[] = [];
    const coordinator = await Coordinator.start({
      config: config.config,
      rules: rules.rules,
      logger: pino({ level: "trace" }, { write: (line: string) => lines.push(line) }),
      onFatal: (error) => assert.fail(String(error)),
    });
    const secret = readSecret(join(dataDir, secretFiles.token));
    const tokens = new Tokens({ secret, jwks: null, issuer: null, audience: "matchforge", shard: "main" });
    const world = new SecrecyWorld({ coordinator, dataDir, tokens, channels });
    world.#lines = lines;
    return world;
  }

  #lines: readonly string[] = [];

  token(who: { readonly player: PlayerId; readonly role?: "admin" } | { readonly server: ServerId }) {
    return this.#tokens.mint({ ...who, expiresAt: Date.now() + 3_600_000 });
  }

  /** Asks for something; what is answered is kept as told to `who`. A stream is listened to for a moment. */
  async ask(
    who: string,
    { method, path, listener = "public" }: Pick<RouteDefinition, "method" | "path"> & { listener?: string },
    { token, body }: { readonly token?: string | null; readonly body?: unknown } = {},
  ): Promise<string> {
    this.#requests += 1;
    const base = listener === "admin" ? this.coordinator.adminUrl : this.coordinator.url;
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        // Nobody's limits are what is tested here.
        "x-forwarded-for": `10.0.${this.#requests >> 8}.${this.#requests & 255}`,
        "idempotency-key": randomUUID(),
        ...(token != null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
    const text = isStream ? await beginningOf(response) : await response.text();
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    this.told.hear(who, `${method} ${path}`, `${headers}\n\n${text}`);
    return text;
  }

  /** A game server that has registered. */
  async server(name: string): Promise<SecretServer> {
    const mark = randomBytes(6).toString("hex");
    const id: ServerId = `server_${mark}`;
    const [address, instance, label] = [`${mark}.secret.example:7777`, `run-${mark}`, `rack-${mark}`];
    const offer = { instance, address, capacity: 1, labels: { build: "7", rack: label } };
    const text = await this.ask(
      name,
      { method: "POST", path: "/api/v1/servers" },
      {
        token: await this.token({ server: id }),
        body: offer,
      },
    );
    return {
      name,
      id,
      address,
      instance,
      label,
      epoch: (JSON.parse(text) as { readonly epoch: number }).epoch,
    };
  }

  /** Somebody who signs in over a socket, which keeps every frame. */
  async socket(who: string, id: PlayerId): Promise<Player> {
    const player = await Player.open(this.coordinator.url);
    this.#sockets.push({ who, player });
    await player.signIn({ token: await this.token({ player: id }), id });
    return player;
  }

  /** What was written into the stream so far. */
  get streamed(): string {
    const path = join(this.dataDir, "events.jsonl");
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  /** Ends everything, and hears what is told only then: frames, log lines, the stream. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { who, player } of this.#sockets) {
      for (const frame of player.frames) this.told.hear(who, "a frame", frame);
      player.terminate();
    }
    this.told.hear("stream", "events.jsonl", this.streamed);
    await this.coordinator.stop();
    for (const line of this.#lines) this.told.hear("log", "a line", line);
    this.#channels.disconnect();
    assert.deepEqual(
      this.#sockets.flatMap(({ player }) => player.faults),
      [],
    );
  }
}

async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}
