import type { Command } from "commander";
import { dataFolderArgument } from "../data-file.ts";
import { runCommand } from "../run-command.ts";
import { type BacktestFlags, runBacktest } from "./run-backtest.ts";

/** `matchforge ratings`: how good the ratings are. */
export function addRatings(program: Command): void {
  program
    .command("ratings")
    .description("Tells how well ratings foretell matches.")
    .command("backtest")
    .description(
      "Replays recorded matches under every rating system: log loss, Brier score, accuracy, reliability.",
    )
    .argument(...dataFolderArgument)
    .option("--mode <id>", "judges the matches of this mode alone")
    .option("--synthetic <count>", "draws so many duels between known skills, instead of a recording")
    .option("--seed <n>", "what synthetic duels are drawn from", "1")
    .option("--json", "prints the figures of each mode as a line of JSON")
    .addHelpText("after", "\nExample:\n  matchforge ratings backtest --synthetic 5000 --seed 7")
    .action((folder: string | undefined, flags: BacktestFlags) =>
      runCommand(() => runBacktest(folder, flags)),
    );
}
