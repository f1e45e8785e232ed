import { join } from "node:path";
import type { Command } from "commander";
import { readSecret, secretFiles } from "../auth/secrets.ts";
import { isPlayerId, type Role, roles, Tokens } from "../auth/tokens.ts";
import { configFrom } from "./configure.ts";
import { runCommand } from "./run-command.ts";
import { addSettingFlags, type SettingFlags } from "./setting-flags.ts";
import { UsageError } from "./usage-error.ts";

type TokenFlags = SettingFlags & {
  readonly player: string;
  readonly role: string;
  readonly expires: string;
  readonly secretFile?: string;
  readonly json?: boolean;
};

const unitMs: Readonly<Record<string, number | undefined>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const longestMs = 366 * 86_400_000;

/** `matchforge token`: mints a JWT with the secret of a data folder. */
export function addToken(program: Command): void {
  const command = program
    .command("token")
    .description("Mints a token for a player, signed with the secret of the data folder.")
    .requiredOption("--player <id>", "whom it is for: player_ and letters, digits, _ or -")
    .option("--role <role>", roles.join(", "), "player")
    .option("--expires <time>", "how long it is valid, such as 30m, 24h or 7d", "24h")
    .option("--secret-file <file>", "the file of the secret; without it the data folder's");
  addSettingFlags(command, ["data_dir", "shard"])
    .option("--json", "prints token, player and expiry as a line of JSON")
    .action((flags: TokenFlags) => runCommand(() => token(flags)));
}

async function token(flags: TokenFlags): Promise<void> {
  const { player } = flags;
  if (!isPlayerId(player))
    throw new UsageError(`--player is ${player}; an id is player_ followed by letters, digits, _ or -.`);
  const role = roleFrom(flags.role);
  // A token's times are whole seconds.
  const expiresAt = Math.floor((Date.now() + durationFrom(flags.expires)) / 1_000) * 1_000;
  const config = configFrom(flags);
  if (config.jwks !== null)
    throw new UsageError(
      "This server takes only tokens of the keys in jwks; whoever holds those mints them.",
    );
  const secret = secretIn(flags.secretFile ?? join(config.dataDir, secretFiles.token));
  const minted = await new Tokens({ ...config, secret }).mint({ player, role, expiresAt });
  console.log(
    flags.json === true
      ? JSON.stringify({ token: minted, player_id: player, expires_at: expiresAt })
      : minted,
  );
}

function roleFrom(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw new UsageError(`--role is ${text}; it takes one of ${roles.join(", ")}.`);
  return role;
}

function durationFrom(text: string): number {
  const [, count, unit = ""] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs[unit] ?? Number.NaN);
  if (ms <= longestMs) return ms;
  throw new UsageError(`--expires is ${text}; it takes a time up to 366d, such as 30m, 24h or 7d.`);
}

function secretIn(path: string): string {
  try {
    return readSecret(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const advice = "Start the server there once, or name its folder: --data-dir ./data";
    throw new UsageError(`${path} does not exist: no server has been started there. ${advice}`, {
      cause: error,
    });
  }
}
