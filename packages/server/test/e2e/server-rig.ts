import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signInAsGuest } from "@matchforge/client";
import { pino } from "pino";
import type { Overrides } from "../../src/config/gather-settings.ts";
import { Coordinator, loadConfig, parseRules } from "../../src/index.ts";
import { Player } from "./player.ts";

/** The arcade's duel with times that a test can wait for, and a mode without stakes or countdown. */
const rulesText = `
[ledger]
faucet = 1000
faucet_every = 600

[[modes]]
id = "code_duel"
game = "typing_duel"
stakes = { bronze = 50, silver = 150 }
burn = 0.10
rating = { system = "elo", k = 32, initial = 1200, rounding = "truncate" }
requires = ["escrow"]
countdown = 0.4
duration = 20
grace = 1
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 1

[[modes]]
id = "quick"
game = "typing_duel"
countdown = 0.2
duration = 2
grace = 1
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 1

[[modes]]
id = "closed"
available = false
[modes.search]
widening = [{ after = 0, gap = "any" }]
`;

/** A whole coordinator on a free port, with its data in a folder of its own. */
export class ServerRig {
  readonly coordinator: Coordinator;
  readonly dataDir: string;
  readonly #players: Player[] = [];

  private constructor(coordinator: Coordinator, dataDir: string) {
    this.coordinator = coordinator;
    this.dataDir = dataDir;
  }

  static async start(given: Overrides = {}): Promise<ServerRig> {
    const dataDir = mkdtempSync(join(tmpdir(), "matchforge-e2e-"));
    const config = loadConfig({
      file: undefined,
      environment: {},
      given: { port: "0", data_dir: dataDir, ...given },
    });
    const rules = parseRules(rulesText, "test.toml");
    assert.ok(config.ok && rules.ok, JSON.stringify({ config, rules }));
    const coordinator = await Coordinator.start({
      config: config.config,
      rules: rules.rules,
      logger: pino({ level: "silent" }),
      onFatal: (error) => {
        throw error;
      },
    });
    return new ServerRig(coordinator, dataDir);
  }

  get url(): string {
    return this.coordinator.url;
  }

  /** A new guest's token and id. */
  async guest(): Promise<{ token: string; id: string }> {
    const { token, player_id } = await signInAsGuest(this.url);
    return { token, id: player_id };
  }

  /** A socket that has not said who it is. */
  async socket(): Promise<Player> {
    const player = await Player.open(`${this.url.replace(/^http/, "ws")}/ws`);
    this.#players.push(player);
    return player;
  }

  /** A guest who is connected and signed in. */
  async player(known?: { token: string; id: string }): Promise<Player> {
    const { token, id } = known ?? (await this.guest());
    const player = await this.socket();
    await player.signIn({ token, id });
    return player;
  }

  /** Two guests who were found for each other. */
  async found(entry: { game_type: string; stake_tier?: string }): Promise<[Player, Player, string]> {
    const players: [Player, Player] = [await this.player(), await this.player()];
    for (const player of players) assert.equal((await player.ask("queue.enter", entry)).type, "queue.update");
    const [found] = await Promise.all(players.map((player) => player.next("match.found")));
    return [...players, found.data.match_id];
  }

  /** Two guests in an ACTIVE duel, and its text. */
  async playing(entry: {
    game_type: string;
    stake_tier?: string;
  }): Promise<[Player, Player, string, string]> {
    const [a, b, match_id] = await this.found(entry);
    for (const player of [a, b]) await player.ask("match.ready", { match_id, response: "accept" });
    const [started] = await Promise.all([a.next("game.started"), b.next("game.started")]);
    return [a, b, match_id, started.data.code_sequence ?? ""];
  }

  /** What the server counted so far under a metric's name. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const line = text.split("\n").find((one) => one.startsWith(`${name} `));
    assert.ok(line !== undefined, `no metric ${name}`);
    return Number(line.split(" ")[1]);
  }

  async stop(): Promise<void> {
    for (const player of this.#players) player.terminate();
    await this.coordinator.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
