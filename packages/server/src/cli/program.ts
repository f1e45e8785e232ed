import { VERSION } from "@matchforge/core";
import { Command } from "commander";
import { addBots } from "./bots.ts";
import { addDoctor } from "./doctor.ts";
import { addServe } from "./serve.ts";
import { addToken } from "./token.ts";

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
  addDoctor(program);
  for (const command of [program, ...program.commands]) command.exitOverride(exit);
  return program;
}
