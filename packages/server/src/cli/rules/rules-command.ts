import type { Command } from "commander";
import { dataFolderArgument } from "../data-file.ts";
import { runCommand } from "../run-command.ts";
import { checkRules } from "./check-rules.ts";
import { showRulesDiff } from "./show-rules-diff.ts";
import { showRulesHistory } from "./show-rules-history.ts";

/** `matchforge rules`: what rules say, what they will not do, and how they came to be. */
export function addRules(program: Command): void {
  const rules = program
    .command("rules")
    .description("Checks rules files, compares them, and lists those of a recording.");
  rules
    .command("check")
    .description("Refuses what cannot be used, and warns of what never matches, starves, is dead or jumps.")
    .argument("<file>", "a rules file")
    .option("--strict", "ends with exit code 1 when there is more than notes")
    .option("--json", "prints the findings as a line of JSON")
    .addHelpText("after", "\nA file that cannot be used gives exit code 2.")
    .action((file: string, flags: { strict?: boolean; json?: boolean }) =>
      runCommand(async () => checkRules(file, flags)),
    );
  rules
    .command("diff")
    .description("Compares two rules files by what they mean.")
    .argument("<old>", "a rules file")
    .argument("<new>", "another one")
    .option("--json", "prints the differences as a line of JSON")
    .action((older: string, newer: string, flags: { json?: boolean }) =>
      runCommand(async () => showRulesDiff({ older, newer }, flags)),
    );
  rules
    .command("history")
    .description("Lists the rules a server has had: when, which version, what changed.")
    .argument(...dataFolderArgument)
    .option("--json", "prints each version as a line of JSON")
    .action((folder: string | undefined, flags: { json?: boolean }) =>
      runCommand(() => showRulesHistory(folder, flags)),
    );
}
