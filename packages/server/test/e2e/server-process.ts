import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signInAsGuest } from "@matchforge/client";
import type { ServerMessages } from "@matchforge/protocol";
import type { Overrides } from "../../src/config/gather-settings.ts";
import { RunningCommand } from "./command-line.ts";
import { type Credentials, Player } from "./player.ts";
import { rulesText } from "./rules-text.ts";
import { type Deployment, deploy } from "./setups.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A `matchforge serve` in a process of its own, which can be ended in any way and started again where it stood. */
export class ServerProcess {
  readonly dataDir: string;
  readonly settings: Overrides;
  /** What its start printed. */
  started: { readonly url: string; readonly data_dir: string } = { url: "", data_dir: "" };
  readonly #folder = temporaryFolder();
  readonly #deployment: Deployment;
  readonly #players: Player[] = [];
  #command: RunningCommand | null = null;

  private constructor(deployment: Deployment, node: number) {
    this.#deployment = deployment;
    const given = deployment.nodes[node] ?? {};
    this.settings = given;
    this.dataDir = given.data_dir ?? "";
    writeFileSync(this.#rulesFile, rulesText);
    writeFileSync(this.#settingsFile, tomlOf({ ...given, rules: this.#rulesFile }));
  }

  /** A node of a shard: the first one of a fresh shard, unless told otherwise. */
  static async start(deployment?: Deployment, node = 0): Promise<ServerProcess> {
    const server = new ServerProcess(deployment ?? (await deploy()), node);
    await server.restart();
    return server;
  }

  /** Starts it on the folder it had, on the port it had. */
  async restart(): Promise<void> {
    const port = this.url === "" ? "0" : new URL(this.url).port;
    const place = ["--config", this.#settingsFile, "--port", port];
    this.#command = new RunningCommand("serve", ...place, "--json", "--log-level", "fatal");
    this.started = await this.#command.line();
  }

  get url(): string {
    return this.started.url;
  }

  /** Ends the process; resolves with its exit code, or null when the signal itself ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    return (await this.#command?.end(signal)) ?? null;
  }

  /** A new guest's token and id. */
  async guest(): Promise<Credentials> {
    const { token, player_id } = await signInAsGuest(this.url);
    return { token, id: player_id };
  }

  /** A guest, new unless known, who is connected and signed in. */
  async player(known?: Credentials): Promise<Player> {
    const credentials = known ?? (await this.guest());
    const player = await this.#open();
    await player.signIn(credentials);
    return player;
  }

  /** What the server tells a player who connects again; the older connection ends. */
  async truthOf(known: Credentials): Promise<ServerMessages["session.sync"]> {
    return (await this.#open()).signIn(known);
  }

  /** Ends it at once and leaves nothing behind; every frame was kept to its schema. */
  async remove(): Promise<void> {
    for (const player of this.#players) player.terminate();
    await this.end("SIGKILL");
    rmSync(this.#folder, { recursive: true });
    this.#deployment.remove();
    assert.deepEqual(
      this.#players.flatMap(({ faults }) => faults),
      [],
    );
  }

  get #rulesFile(): string {
    return join(this.#folder, "rules.toml");
  }

  get #settingsFile(): string {
    return join(this.#folder, "server.toml");
  }

  async #open(): Promise<Player> {
    const player = await Player.open(this.url);
    this.#players.push(player);
    return player;
  }
}

/** Settings as a file has them. */
function tomlOf(given: Overrides): string {
  const { allow_unsafe, shards = "[]", ...texts } = given;
  const lines = Object.entries(texts).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  if (allow_unsafe !== undefined) lines.push(`allow_unsafe = ${JSON.stringify(allow_unsafe.split(","))}`);
  for (const { id, regions } of JSON.parse(shards) as { id: string; regions: string[] }[])
    lines.push("[[shards]]", `id = "${id}"`, `regions = ${JSON.stringify(regions)}`);
  return `${lines.join("\n")}\n`;
}
