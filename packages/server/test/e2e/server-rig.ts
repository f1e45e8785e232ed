import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { signInAsGuest } from "@matchforge/client";
import type { ServerMessages } from "@matchforge/protocol";
import { pino } from "pino";
import type { Overrides } from "../../src/config/gather-settings.ts";
import { Coordinator, loadConfig, parseRules } from "../../src/index.ts";
import { type Credentials, Player } from "./player.ts";
import { rulesText } from "./rules-text.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What players queue for. */
type Entry = { readonly game_type: string; readonly stake_tier?: string };

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
    const dataDir = temporaryFolder();
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
  async guest(): Promise<Credentials> {
    const { token, player_id } = await signInAsGuest(this.url);
    return { token, id: player_id };
  }

  /** A socket that has not said who it is; on a line of the test's own, if given. */
  async socket(url = this.url): Promise<Player> {
    const player = await Player.open(url);
    this.#players.push(player);
    return player;
  }

  /** A guest, new unless known, who is connected and signed in. */
  async player(known?: Credentials, url = this.url): Promise<Player> {
    const credentials = known ?? (await this.guest());
    const player = await this.socket(url);
    await player.signIn(credentials);
    return player;
  }

  /** What the server tells a player who connects again; the older connection ends. */
  async truthOf(known: Credentials): Promise<ServerMessages["session.sync"]> {
    return (await this.socket()).signIn(known);
  }

  /** The place in the log of the last entry applied. */
  async position(): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const line = text.split("\n").find((one) => one.startsWith("matchforge_log_position "));
    return Number(line?.split(" ")[1]);
  }

  /** Two players, new unless given, who were found for each other. */
  async found(entry: Entry, given?: readonly [Player, Player]): Promise<[Player, Player, string]> {
    const [a, b] = given ?? [await this.player(), await this.player()];
    const from = new Map([a, b].map((player) => [player, player.seen]));
    for (const player of [a, b]) assert.equal((await player.ask("queue.enter", entry)).type, "queue.update");
    const [found] = await Promise.all([a, b].map((player) => player.next("match.found", from.get(player))));
    return [a, b, found?.data.match_id ?? ""];
  }

  /** Two players in an ACTIVE duel, and its text. */
  async playing(entry: Entry, given?: readonly [Player, Player]): Promise<[Player, Player, string, string]> {
    const [a, b, match_id] = await this.found(entry, given);
    const [ofA, ofB] = [a.seen, b.seen];
    for (const player of [a, b]) assert.equal((await player.accept(match_id)).type, "ok");
    const [started] = await Promise.all([a.next("game.started", ofA), b.next("game.started", ofB)]);
    return [a, b, match_id, started.data.code_sequence ?? ""];
  }

  /** Ends the server; every frame there was kept to its schema. */
  async stop(): Promise<void> {
    for (const player of this.#players) player.terminate();
    await this.coordinator.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
    assert.deepEqual(
      this.#players.flatMap(({ faults }) => faults),
      [],
    );
  }
}
