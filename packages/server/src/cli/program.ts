import { VERSION } from "@matchforge/core";
import { Command } from "commander";
import { addBots } from "./bots.ts";
import { addDoctor } from "./doctor.ts";
import { addExplain } from "./explain/explain-command.ts";
import { addRatings } from "./ratings/ratings-command.ts";
import { addRules } from "./rules/rules-command.ts";
import { addSecrets } from "./secrets.ts";
import { addServe } from "./serve.ts";
import { addToken } from "./token.ts";
import { addVerify } from "./verify/verify-command.ts";
import { addReplay } from "./what-if/replay.ts";
import { addSimulate } from "./what-if/simulate.ts";

/** What a command line that cannot be understood ends with. */
const usageExitCode = 2;

/** The command line of MatchForge. */
export function buildProgram(): Command {
  const exit = ({ exitCode }: { readonly exitCode: number }) => process.exit(exitCode && usageExitCode);
  const program = new Command("matchforge")
    .description("Game matchmaking from queue to settled result.")
    .version(VERSION)
    .showHelpAfterError("(add --help for what is possible)")
    .addHelpText(
      "after",
      "\nExamples:\n  matchforge serve --demo 20\n  matchforge bots --count 10 --mode code_practice\n  matchforge token --player player_ada\n  matchforge doctor",
    );
  addServe(program);
  addBots(program);
  addToken(program);
  addSecrets(program);
  addDoctor(program);
  addSimulate(program);
  addReplay(program);
  addRules(program);
  addRatings(program);
  addVerify(program);
  addExplain(program);
  for (const command of withSubcommands(program)) command.exitOverride(exit);
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
