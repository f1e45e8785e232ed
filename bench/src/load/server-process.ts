import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
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

/** How a coordinator is started. */
export interface CoordinatorSetup {
  /** The rules file; default: those of the pairs that are found at once. */
  readonly rules?: string;
  /** A configuration file; default: everything embedded. */
  readonly config?: string;
  /** Options for Node itself, such as those of its profiler. */
  readonly nodeArgs?: readonly string[];
}

const stopMs = 15_000;
const rulesFile = fileURLToPath(new URL("./bench-rules.toml", import.meta.url));
/** The rules a crowd plays by. */
export const crowdRulesFile = fileURLToPath(new URL("./crowd/crowd-rules.toml", import.meta.url));
const cli = fileURLToPath(new URL("../../../packages/server/src/cli/main.ts", import.meta.url));
const peers = {
  matchmaker: fileURLToPath(new URL("../peers/bare-matchmaker.ts", import.meta.url)),
  echo: fileURLToPath(new URL("../peers/bare-echo.ts", import.meta.url)),
};

/** Starts `matchforge serve` with the benches' modes: no anti-snipe delay, anyone may meet anyone. */
export async function startCoordinator(setup: CoordinatorSetup = {}): Promise<ServerProcess> {
  const { rules = rulesFile, config, nodeArgs = [] } = setup;
  const dataDir = mkdtempSync(join(tmpdir(), "matchforge-bench-"));
  const args = ["--data-dir", dataDir, "--rules", rules, "--port", "0", "--json", "--log-level", "warn"];
  const configured = config === undefined ? [] : ["--config", config];
  const { child, line } = await started([...nodeArgs, cli, "serve", ...configured, ...args]);
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

/** Starts a peer that keeps nothing: the matchmaker of a toy, or a server that echoes. */
export async function startBarePeer(peer: keyof typeof peers = "matchmaker"): Promise<ServerProcess> {
  const { child, line } = await started([peers[peer]]);
  return { port: Number(line), pid: child.pid ?? 0, secret: "", stop: () => ended(child) };
}

/** Starts a program of Node's and waits for its first line. */
async function started(args: readonly string[]): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("exit", (code) =>
      reject(new Error(`${args.join(" ")} ended with ${code} before it listened`)),
    );
  });
  return { child, line };
}

/** Ends it in order; at once, and said so, where it does not end by itself. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => {
    console.error(`process ${child.pid} did not end within ${stopMs} ms and is killed`);
    child.kill("SIGKILL");
  }, stopMs);
  await exit;
  clearTimeout(timer);
}
