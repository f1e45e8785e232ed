import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { UsageError } from "../usage-error.ts";

/**
 * Hands a request to the simulator, which prints its progress and its answer itself. The simulator stands beside
 * the server, not below it: the two know each other's data, not each other's code, and meet as processes.
 *
 * @throws UsageError when the simulator is not installed here.
 */
export async function runSimulator(request: object): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(simulatorMain())], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  // A simulator that ends before it has read everything has said why; the broken pipe adds nothing.
  child.stdin.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") child.kill();
  });
  child.stdin.end(JSON.stringify(request));
  const [code] = await ended;
  process.exitCode = code ?? 1;
}

function simulatorMain(): URL {
  try {
    return new URL("./what-if/main.ts", import.meta.resolve("@matchforge/simulator"));
  } catch (cause) {
    throw new UsageError(
      "This command needs the package @matchforge/simulator, which is not installed here.",
      {
        cause,
      },
    );
  }
}
