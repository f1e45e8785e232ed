import assert from "node:assert/strict";
import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Overrides } from "../../src/config/gather-settings.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
/** What a command that hangs is stopped after. */
const patienceMs = 60_000;

/** Runs `matchforge` to its end. */
export function matchforge(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", timeout: patienceMs });
}

/** What `matchforge token` prints for a player of the node with these settings. */
export function mintToken(
  player: string,
  { data_dir = "", shard = "main" }: Overrides,
): { token: string; player_id: string } {
  const place = ["--data-dir", data_dir, "--shard", shard];
  const minted = matchforge("token", "--player", player, ...place, "--json");
  assert.equal(minted.status, 0, minted.stderr);
  return JSON.parse(minted.stdout) as { token: string; player_id: string };
}

/** A `matchforge` that runs on, and the lines it prints. */
export class RunningCommand {
  readonly child: ChildProcess;
  readonly #lines: Interface;

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    assert.ok(this.child.stdout);
    this.#lines = createInterface({ input: this.child.stdout });
  }

  /** The first line from now on that holds something, read as JSON. */
  line<Line>(holds: (line: Line) => boolean = () => true): Promise<Line> {
    return new Promise((resolve, reject) => {
      const look = (text: string) => {
        const line = JSON.parse(text) as Line;
        if (!holds(line)) return;
        this.#lines.off("line", look);
        resolve(line);
      };
      this.#lines.on("line", look);
      this.#lines.once("close", () => reject(new Error("the command ended before")));
    });
  }

  /** Sends a signal; resolves with the exit code, or null when the signal itself ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null) return exitCode;
    const ended = once(this.child, "exit");
    this.child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  }
}
