import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { signInAsGuest } from "@matchforge/client";
import { waitUntil } from "@matchforge/testbed";
import type { GameMessage } from "../../examples/external-game/game-messages.ts";
import { type Ending, GamePlayer } from "../../examples/external-game/game-player.ts";
import type { Choice } from "../../examples/external-game/rock-paper-scissors.ts";
import { root } from "./pages.ts";

const cli = join(root, "packages/server/src/cli/main.ts");
const gameServer = join(root, "examples/external-game/game-server.ts");
/** How long anything may take that a test waits for. */
const withinMs = 25_000;

const common = `
format = { teams = [1, 1] }
game = "external"
requires = ["loading", "server"]
duration = 600
search = { widening = [{ after = 0, gap = "any" }] }`;
const rules = `
[[modes]]
id = "game"
countdown = 0${common}
[[modes]]
id = "game_by_standing"
countdown = 0
server_lost = "standing"${common}
[[modes]]
id = "game_soon"
countdown = 8${common}
`;

/** A program in a process of its own, and what it has printed. */
export class Program {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    assert.ok(this.#child.stdout);
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.lines.push(line));
  }

  /** The first line of a form. */
  async line(form: RegExp): Promise<string> {
    const found = () => this.lines.find((line) => form.test(line));
    await waitUntil(() => found() !== undefined || this.#hasEnded, { what: String(form), withinMs });
    return found() ?? assert.fail(`The program ended without ${form}:\n${this.lines.join("\n")}`);
  }

  /** Sends a signal; resolves with the exit code, or null when the signal itself ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#hasEnded) return this.#child.exitCode;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

/** A player of the example, and all that its game server said. */
export interface Heard {
  readonly player: GamePlayer;
  readonly id: string;
  readonly token: string;
  readonly messages: GameMessage[];
}

/** A coordinator, and game servers and players of the example around it. */
export class ExternalGameRig {
  url = "";
  readonly #folder = mkdtempSync(join(tmpdir(), "matchforge-external-"));
  readonly #programs: Program[] = [];
  readonly #players: GamePlayer[] = [];
  readonly #tokens = new Map<string, string>();
  #coordinator: Program | null = null;

  /** With the registry, or with one server of a list. */
  static async start({
    listed,
  }: {
    listed?: { name: string; address: string };
  } = {}): Promise<ExternalGameRig> {
    const rig = new ExternalGameRig();
    writeFileSync(join(rig.#folder, "rules.toml"), rules);
    const list = Object.entries(listed ?? {}).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
    const settings = `[servers]\nallocators = ["static"]\n[[servers.static]]\n${list.join("")}`;
    writeFileSync(join(rig.#folder, "matchforge.toml"), listed === undefined ? "" : settings);
    await rig.#startCoordinator();
    return rig;
  }

  /** Kills the coordinator, and starts it again where it was. */
  async restartCoordinator(): Promise<void> {
    await this.#coordinator?.end("SIGKILL");
    await this.#startCoordinator();
  }

  /** The token of a game server, as an operator mints it. */
  tokenOf(name: string): string {
    const known = this.#tokens.get(name);
    if (known !== undefined) return known;
    const place = ["--data-dir", this.#dataDir];
    const minted = spawnSync(process.execPath, [cli, "token", "--server", `server_${name}`, ...place], {
      encoding: "utf8",
    });
    assert.equal(minted.status, 0, minted.stderr);
    const token = minted.stdout.trim();
    this.#tokens.set(name, token);
    return token;
  }

  /** Starts a game server, and waits until it is registered. */
  async gameServer(
    name: string,
    { pauseMs = 50, roundMs = 60_000, url = this.url, port = 0 } = {},
  ): Promise<Program & { readonly address: string }> {
    const tokenFile = join(this.#folder, `${name}.token`);
    writeFileSync(tokenFile, this.tokenOf(name));
    const pace = ["--pause-ms", String(pauseMs), "--round-ms", String(roundMs)];
    const place = ["--url", url, "--token-file", tokenFile, "--port", String(port)];
    const program = this.#run([gameServer, ...place, ...pace]);
    const line = await program.line(/is registered at /);
    return Object.assign(program, { address: line.split(" ").at(-1) ?? "" });
  }

  /** A player who is signed in and queues when told to. */
  async player(mode: string, choose: (round: number) => Choice | undefined): Promise<Heard> {
    const { token, player_id: id } = await signInAsGuest(this.url);
    const messages: GameMessage[] = [];
    const onGame = (message: GameMessage) => messages.push(message);
    const player = new GamePlayer({ url: this.url, token, mode, choose, onGame });
    this.#players.push(player);
    await player.connect();
    return { player, id, token, messages };
  }

  async stop(): Promise<void> {
    for (const player of this.#players) player.close();
    for (const program of this.#programs.reverse()) await program.end("SIGKILL");
    rmSync(this.#folder, { recursive: true });
  }

  get #dataDir(): string {
    return join(this.#folder, "data");
  }

  async #startCoordinator(): Promise<void> {
    const port = this.url === "" ? "0" : new URL(this.url).port;
    const [settings, rulesFile] = ["matchforge.toml", "rules.toml"].map((file) => join(this.#folder, file));
    const place = ["--config", settings, "--port", port, "--data-dir", this.#dataDir, "--rules", rulesFile];
    this.#coordinator = this.#run([cli, "serve", ...place, "--json", "--log-level", "fatal"]);
    this.url = (JSON.parse(await this.#coordinator.line(/^\{/)) as { url: string }).url;
  }

  #run(args: readonly string[]): Program {
    const program = new Program(args);
    this.#programs.push(program);
    return program;
  }
}

/** Waits for a message of a game server. */
export async function heard<Type extends GameMessage["type"]>(
  { messages }: Heard,
  type: Type,
  count = 1,
): Promise<Extract<GameMessage, { type: Type }>[]> {
  const found = () =>
    messages.filter((message): message is Extract<GameMessage, { type: Type }> => message.type === type);
  await waitUntil(() => found().length >= count, { what: `${count} of ${type}`, withinMs });
  return found();
}

/** Both queue and play to an end. */
export function playAll(players: readonly Heard[]): Promise<Ending[]> {
  return Promise.all(players.map(({ player }) => player.play()));
}
