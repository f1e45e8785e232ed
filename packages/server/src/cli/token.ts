import { join } from "node:path";
import type { Command } from "commander";
import { readSecret, secretFiles } from "../auth/secrets.ts";
import { isPlayerId, type Role, Tokens } from "../auth/tokens.ts";
import { configFrom, countFrom, runCommand, UsageError } from "./configure.ts";

interface TokenFlags {
  readonly player: string;
  readonly role: string;
  readonly hours: string;
  readonly dataDir?: string;
  readonly config?: string;
  readonly json?: boolean;
}

const roles: readonly string[] = ["player", "server", "admin"];

/** `matchforge token`: mints a JWT with the secret of a data folder. */
export function addToken(program: Command): void {
  program
    .command("token")
    .description("Mints a token for a player, signed with the secret of the data folder.")
    .requiredOption("--player <id>", "whom it is for: player_ and letters, digits, _ or -")
    .option("--role <role>", "player, server or admin", "player")
    .option("--hours <number>", "how long it is valid", "24")
    .option("--data-dir <folder>", "the server's data folder (MATCHFORGE_DATA_DIR; default ./data)")
    .option("--config <file>", "the server's TOML file")
    .option("--json", "prints token and expiry as JSON")
    .action((flags: TokenFlags) => runCommand(() => token(flags)));
}

async function token(flags: TokenFlags): Promise<void> {
  const { player, role, dataDir, config: file } = flags;
  if (!isPlayerId(player))
    throw new UsageError(`--player is ${player}; an id is player_ followed by letters, digits, _ or -.`);
  if (!roles.includes(role)) throw new UsageError(`--role is ${role}; it takes one of ${roles.join(", ")}.`);
  const hours = countFrom(flags.hours, { name: "--hours", atLeast: 1 });
  const config = configFrom({
    ...(dataDir !== undefined && { data_dir: dataDir }),
    ...(file !== undefined && { config: file }),
  });
  const tokens = new Tokens({ ...config, secret: secretIn(config.dataDir) });
  const expiresAt = Date.now() + hours * 3_600_000;
  const minted = await tokens.mint({ player, role: role as Role, expiresAt });
  console.log(
    flags.json === true
      ? JSON.stringify({ token: minted, player_id: player, expires_at: expiresAt })
      : minted,
  );
}

function secretIn(dataDir: string): string {
  try {
    return readSecret(join(dataDir, secretFiles.token));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new UsageError(
      `${dataDir} holds no secret yet. Start the server there once, or name its folder: --data-dir ./data`,
    );
  }
}
