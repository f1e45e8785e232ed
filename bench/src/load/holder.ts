import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { HolderLine } from "./holder-process.ts";
import type { ServerProcess } from "./server-process.ts";

const script = fileURLToPath(new URL("./holder-process.ts", import.meta.url));

/** Sockets of signed-in players, held by a process of their own. */
export interface Holder {
  readonly perSecond: number;
  /** Ends it; answers how many sockets it held to the end. */
  end(): Promise<number>;
}

/** Starts a process that holds sockets to a server; resolves when all players are signed in. */
export async function hold(
  server: ServerProcess,
  { count, label }: { count: number; label: string },
): Promise<Holder> {
  const args = [script, server.secret, String(server.port), String(count), label];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const opened = await nextLine(lines);
  return {
    perSecond: opened.perSecond,
    async end() {
      const last = nextLine(lines);
      child.kill("SIGTERM");
      return (await last).held;
    },
  };
}

async function nextLine(lines: ReturnType<typeof createInterface>): Promise<HolderLine> {
  const ended = once(lines, "close").then(() => {
    throw new Error("the process that holds sockets ended");
  });
  const [line] = (await Promise.race([once(lines, "line"), ended])) as [string];
  return JSON.parse(line) as HolderLine;
}
