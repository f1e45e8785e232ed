import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chaosLimits } from "./limits.ts";

const main = fileURLToPath(new URL("../../server/src/cli/main.ts", import.meta.url));

/**
 * One coordinator in a process of its own, under a supervisor: a process that ends although nobody wanted it is
 * started again. That it ended is remembered, with its last words.
 */
export class NodeProcess {
  readonly name: string;
  readonly #folder: string;
  readonly #onUrl: (url: string) => void;
  #child: ChildProcess | null = null;
  #wanted = false;
  /** What it said when it ended by itself. */
  readonly lastWords: string[] = [];

  constructor(options: {
    readonly name: string;
    /** Its data folder, with the secrets in it. */
    readonly folder: string;
    readonly settings: Readonly<Record<string, unknown>>;
    readonly onUrl: (url: string) => void;
  }) {
    this.name = options.name;
    this.#folder = options.folder;
    this.#onUrl = options.onUrl;
    const lines = Object.entries(options.settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    writeFileSync(join(options.folder, "node.toml"), `${lines.join("\n")}\n`);
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts it; resolves when it listens. */
  async start(): Promise<void> {
    this.#wanted = true;
    const args = ["serve", "--config", join(this.#folder, "node.toml"), "--port", "0", "--json"];
    const child = spawn(process.execPath, [main, ...args, "--log-level", "fatal"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    let words = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-2_000);
    });
    child.once("exit", (code, signal) => {
      if (!this.#wanted || this.#child !== child) return;
      this.lastWords.push(`${this.name} ended with ${code ?? signal}: ${words.trim()}`);
      setTimeout(() => void this.#revive(child), chaosLimits.restartAfterMs);
    });
    const lines = createInterface({ input: child.stdout });
    const line = await Promise.race([once(lines, "line"), once(child, "exit")]);
    if (typeof line[0] !== "string") throw new Error(`${this.name} did not start: ${words}`);
    this.#onUrl((JSON.parse(line[0]) as { url: string }).url);
  }

  /** Ends it in any way; it stays down until it is started. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.#wanted = false;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const ended = once(child, "exit");
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  }

  /** Sends a signal that does not end it. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void {
    this.#child?.kill(signal);
  }

  async remove(): Promise<void> {
    this.signal("SIGCONT");
    await this.end("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Until it runs, as long as it is wanted: the stores may be away themselves. */
  async #revive(fallen: ChildProcess): Promise<void> {
    if (!this.#wanted || this.#child !== fallen) return;
    await this.start().catch(() => {
      // Its end was noted, and plans the next attempt.
    });
  }
}
