import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A server in a process of its own, with a fresh data folder. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  /** Hex: signs tokens it accepts. */
  readonly secret: string;
  stop(): Promise<void>;
}

const rulesFile = fileURLToPath(new URL("./bench-rules.toml", import.meta.url));
const cli = fileURLToPath(new URL("../../../packages/server/src/cli/main.ts", import.meta.url));
const barePeer = fileURLToPath(new URL("../peers/bare-matchmaker.ts", import.meta.url));

/** Starts `matchforge serve` with the benches' modes: no anti-snipe delay, anyone may meet anyone. */
export async function startCoordinator(): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), "matchforge-bench-"));
  const args = [
    "serve",
    "--port",
    "0",
    "--data-dir",
    dataDir,
    "--rules",
    rulesFile,
    "--json",
    "--log-level",
    "warn",
  ];
  const { child, line } = await started(cli, args);
  const { url } = JSON.parse(line) as { url: string };
  const secret = readFileSync(join(dataDir, "token.secret"), "utf8").trim();
  return {
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    secret,
    async stop() {
      await ended(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts the matchmaker that keeps nothing: what a toy costs. */
export async function startBarePeer(): Promise<ServerProcess> {
  const { child, line } = await started(barePeer, []);
  return { port: Number(line), pid: child.pid ?? 0, secret: "", stop: () => ended(child) };
}

async function started(
  script: string,
  args: readonly string[],
): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code} before it listened`)));
  });
  return { child, line };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
