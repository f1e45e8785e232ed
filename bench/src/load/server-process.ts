import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  /** Hex: signs tokens it accepts. */
  readonly secret: string;
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** How a coordinator is started. */
export interface CoordinatorSetup {
  /** The rules file; default: those of the pairs that are found at once. */
  readonly rules?: string;
  /** Settings of its configuration file; default: everything embedded. */
  readonly settings?: Readonly<Record<string, string | number | readonly string[]>>;
  /** Where its data is; default: a fresh folder that goes with it. */
  readonly dataDir?: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Options for Node itself, such as those of its profiler. */
  readonly nodeArgs?: readonly string[];
}

const stopMs = 15_000;
/**
 * As the server is meant to be run: the young generation is kept to what one turn of the event loop needs. Left to
 * itself it grows to 64 MB, and the garbage in it, sockets' buffers among them, to twice that.
 */
const serverArgs = ["--max-semi-space-size=16"];
const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const rulesFile = pathOf("./bench-rules.toml");
/** The rules a crowd plays by. */
export const crowdRulesFile = pathOf("./crowd/crowd-rules.toml");
const cli = pathOf("../../../packages/server/src/cli/main.ts");
const peers = {
  matchmaker: pathOf("../peers/bare-matchmaker.ts"),
  echo: pathOf("../peers/bare-echo.ts"),
};

/** Starts `matchforge serve` with the benches' modes: no anti-snipe delay, anyone may meet anyone. */
export async function startCoordinator(setup: CoordinatorSetup = {}): Promise<ServerProcess> {
  const { rules = rulesFile, settings = {}, nodeArgs = [], port = 0 } = setup;
  const dataDir = setup.dataDir ?? temporaryFolder();
  const config = join(dataDir, "matchforge.toml");
  const values = Object.entries({ log_level: "warn", ...settings, data_dir: dataDir, rules });
  writeFileSync(config, values.map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join(""));
  const args = ["serve", "--config", config, "--port", String(port), "--json"];
  const { child, line } = await started([...serverArgs, ...nodeArgs, cli, ...args]);
  const { url } = JSON.parse(line) as { url: string };
  const secret = readFileSync(join(dataDir, "token.secret"), "utf8").trim();
  return {
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    secret,
    async stop() {
      await ended(child);
      if (setup.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
    kill: () => killed(child),
  };
}

/** Starts a peer that keeps nothing: the matchmaker of a toy, or a server that echoes. */
export function startBarePeer(peer: keyof typeof peers = "matchmaker"): Promise<ServerProcess> {
  return startScript([peers[peer]]);
}

/** Starts a script whose first line is the port it listens on. */
export async function startScript(args: readonly string[]): Promise<ServerProcess> {
  const { child, line } = await started(args);
  return {
    port: Number(line),
    pid: child.pid ?? 0,
    secret: "",
    stop: () => ended(child),
    kill: () => killed(child),
  };
}

/** Data folders of nodes that share their secrets. */
export function sharedFolders(count: number): string[] {
  const [first = "", ...others] = Array.from({ length: count }, temporaryFolder);
  execFileSync(process.execPath, [cli, "secrets", "--data-dir", first]);
  for (const folder of others) cpSync(first, folder, { recursive: true });
  return [first, ...others];
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "matchforge-bench-"));
}

/** Starts a program of Node's and waits for its first line. */
async function started(args: readonly string[]): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  // A bench that fails leaves no server behind.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
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
  if (hasEnded(child)) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => {
    console.error(`process ${child.pid} did not end within ${stopMs} ms and is killed`);
    child.kill("SIGKILL");
  }, stopMs);
  await exit;
  clearTimeout(timer);
}

async function killed(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
