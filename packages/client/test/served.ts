import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../server/src/cli/main.ts", import.meta.url));

const rulesText = `
[[modes]]
id = "quick"
game = "typing_duel"
countdown = 0.2
duration = 60
grace = 30
[modes.search]
widening = [{ after = 0, gap = "any" }]
`;

/** The real server, in a process of its own. */
export class Served {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(parts: { url: string; child: ChildProcess; folder: string }) {
    this.url = parts.url;
    this.#child = parts.child;
    this.#folder = parts.folder;
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<Served> {
    const folder = mkdtempSync(join(tmpdir(), "matchforge-client-"));
    const rules = join(folder, "rules.toml");
    writeFileSync(rules, rulesText);
    const flags = ["--port", "0", "--data-dir", folder, "--rules", rules, "--log-level", "error"];
    const child = spawn(process.execPath, [main, "serve", "--json", ...flags], {
      stdio: ["ignore", "pipe", "inherit"],
      env: environment,
    });
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    const { url } = JSON.parse(line) as { url: string };
    return new Served({ url, child, folder });
  }

  /** Resolves when what the server counts under a name with these labels has come to a value. */
  async counts(sample: string, value: number): Promise<void> {
    for (;;) {
      const text = await (await fetch(`${this.url}/metrics`)).text();
      if (text.split("\n").includes(`${sample} ${value}`)) return;
    }
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
    rmSync(this.#folder, { recursive: true });
  }
}
