import type { Command } from "commander";
import { configFrom, serverUrlFrom } from "./configure.ts";
import { examine, type Finding } from "./doctor/examine.ts";
import { runCommand } from "./run-command.ts";
import { addSettingFlags, type SettingFlags } from "./setting-flags.ts";

type DoctorFlags = SettingFlags & { readonly url?: string; readonly json?: boolean };

const widestCheck = 14;

/** `matchforge doctor`: whether a server can run here, and what to do if not. */
export function addDoctor(program: Command): void {
  const command = program
    .command("doctor")
    .description("Checks whether a server can run here, or how the one that runs does.");
  addSettingFlags(command, ["data_dir", "host", "port", "rules"])
    .option("--url <url>", "asks this server, too")
    .option("--json", "prints the findings as a line of JSON")
    .addHelpText("after", "\nEach check is ok, warn or fail; a fail gives exit code 1.")
    .action((flags: DoctorFlags) => runCommand(() => doctor(flags)));
}

async function doctor(flags: DoctorFlags): Promise<void> {
  const url = flags.url === undefined ? null : serverUrlFrom(flags.url);
  const findings = await examine(configFrom(flags), url);
  if (flags.json === true) console.log(JSON.stringify(findings));
  else console.log(findings.map(lineOf).join("\n"));
  if (findings.some(({ verdict }) => verdict === "fail")) process.exitCode = 1;
}

function lineOf({ check, verdict, detail, advice }: Finding): string {
  const line = `${verdict.padEnd(5)} ${check.padEnd(widestCheck)} ${detail}`;
  return advice === null ? line : `${line}\n${" ".repeat(widestCheck + 7)}${advice}`;
}
