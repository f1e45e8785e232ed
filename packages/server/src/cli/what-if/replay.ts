import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { shardFileName } from "../../shard/embedded-shard.ts";
import { runCommand } from "../run-command.ts";
import { UsageError } from "../usage-error.ts";
import { type AnswerFlags, addAnswerFlags, answerFrom } from "./answer-flags.ts";
import { runSimulator } from "./run-simulator.ts";

/** `matchforge replay`: what rules would have made of a recorded log. */
export function addReplay(program: Command): void {
  addAnswerFlags(program.command("replay"))
    .description("Tries rules on the tickets of a recorded log, beside what really happened.")
    .argument(
      "<log>",
      `a data folder of matchforge serve, or its ${shardFileName}; the server is stopped, or it is a copy`,
    )
    .addHelpText("after", "\nExample:\n  matchforge replay ./data --rules new-rules.toml --html report.html")
    .action((log: string, flags: AnswerFlags) => runCommand(() => replay(log, flags)));
}

async function replay(log: string, flags: AnswerFlags): Promise<void> {
  const answer = answerFrom(flags);
  await runSimulator({ kind: "replay", ...answer, file: logFile(log) });
}

/** A file that is not there would be made anew, and be empty. */
function logFile(path: string): string {
  const full = resolve(path);
  const found = statSync(full, { throwIfNoEntry: false });
  const file = found?.isDirectory() ? join(full, shardFileName) : full;
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw new UsageError(
    `${file} does not exist: no server has written a log there. Name its data folder: matchforge replay ./data`,
  );
}
