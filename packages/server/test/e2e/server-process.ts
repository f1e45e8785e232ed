import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signInAsGuest } from "@matchforge/client";
import type { ServerMessages } from "@matchforge/protocol";
import { RunningCommand } from "./command-line.ts";
import { type Credentials, Player } from "./player.ts";
import { rulesText } from "./rules-text.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A `matchforge serve` in a process of its own, which can be ended in any way and started again where it stood. */
export class ServerProcess {
  readonly dataDir: string;
  /** What its start printed. */
  started: { readonly url: string; readonly data_dir: string } = { url: "", data_dir: "" };
  readonly #folder = temporaryFolder();
  readonly #players: Player[] = [];
  #command: RunningCommand | null = null;

  private constructor() {
    this.dataDir = join(this.#folder, "data");
    writeFileSync(this.#rulesFile, rulesText);
  }

  static async start(): Promise<ServerProcess> {
    const server = new ServerProcess();
    await server.restart();
    return server;
  }

  /** Starts it on the folder it had, on the port it had. */
  async restart(): Promise<void> {
    const port = this.url === "" ? "0" : new URL(this.url).port;
    const place = ["--port", port, "--data-dir", this.dataDir, "--rules", this.#rulesFile];
    this.#command = new RunningCommand("serve", ...place, "--json", "--log-level", "error");
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
    assert.deepEqual(
      this.#players.flatMap(({ faults }) => faults),
      [],
    );
  }

  get #rulesFile(): string {
    return join(this.#folder, "rules.toml");
  }

  async #open(): Promise<Player> {
    const player = await Player.open(this.url);
    this.#players.push(player);
    return player;
  }
}
