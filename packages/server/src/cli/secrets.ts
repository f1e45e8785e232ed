import { join } from "node:path";
import type { Command } from "commander";
import { readOrCreateSecret, secretFiles } from "../auth/secrets.ts";
import { configFrom } from "./configure.ts";
import { runCommand } from "./run-command.ts";
import { addSettingFlags, type SettingFlags } from "./setting-flags.ts";

type SecretsFlags = SettingFlags & { readonly json?: boolean };

/** `matchforge secrets`: makes the secrets that all nodes of a fleet share. */
export function addSecrets(program: Command): void {
  const command = program
    .command("secrets")
    .description("Makes the secrets of a fleet, where they are not there yet; copy them to every node.");
  addSettingFlags(command, ["data_dir"])
    .option("--json", "prints the files as a line of JSON")
    .action((flags: SecretsFlags) => runCommand(() => secrets(flags)));
}

async function secrets(flags: SecretsFlags): Promise<void> {
  const { dataDir } = configFrom(flags);
  const files = Object.values(secretFiles).map((name) => join(dataDir, name));
  for (const file of files) readOrCreateSecret(file);
  if (flags.json === true) console.log(JSON.stringify({ files }));
  else
    console.log(
      `${files.join("\n")}\n\nCopy both to the data folder of every node, readable by its user alone.`,
    );
}
