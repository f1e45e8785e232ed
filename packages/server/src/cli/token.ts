import { join } from "node:path";
import type { Command } from "commander";
import { readSecret, secretFiles } from "../auth/secrets.ts";
import { isPlayerId, isServerId, Tokens } from "../auth/tokens.ts";
import { configFrom } from "./configure.ts";
import { runCommand } from "./run-command.ts";
import { addSettingFlags, type SettingFlags } from "./setting-flags.ts";
import { UsageError } from "./usage-error.ts";

type TokenFlags = SettingFlags & {
  readonly player?: string;
  readonly server?: string;
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
    .description("Mints a token for a player or a game server, signed with the secret of the data folder.")
    .option("--player <id>", "a player it is for: player_ and letters, digits, _ or -")
    .option("--server <id>", "a game server it is for: server_ and letters, digits, _ . or -")
    .option("--role <role>", "of a player: player or admin", "player")
    .option("--expires <time>", "how long it is valid, such as 30m, 24h or 7d", "24h")
    .option("--secret-file <file>", "the file of the secret; without it the data folder's");
  addSettingFlags(command, ["data_dir", "shard"])
    .option("--json", "prints token, player and expiry as a line of JSON")
    .action((flags: TokenFlags) => runCommand(() => token(flags)));
}

async function token(flags: TokenFlags): Promise<void> {
  const bearer = bearerFrom(flags);
  // A token's times are whole seconds.
  const expiresAt = Math.floor((Date.now() + durationFrom(flags.expires)) / 1_000) * 1_000;
  const config = configFrom(flags);
  if (config.jwks !== null)
    throw new UsageError(
      "This server takes only tokens of the keys in jwks; whoever holds those mints them.",
    );
  const secret = secretIn(flags.secretFile ?? join(config.dataDir, secretFiles.token));
  const minted = await new Tokens({ ...config, secret }).mint({ ...bearer, expiresAt });
  console.log(
    flags.json === true ? JSON.stringify({ token: minted, ...idOf(bearer), expires_at: expiresAt }) : minted,
  );
}

/** Whom the token is for: a player in a role, or a game server. */
function bearerFrom({ player, server, role }: TokenFlags) {
  if ((player === undefined) === (server === undefined))
    throw new UsageError(
      "Name whom it is for, either a player with --player or a game server with --server.",
    );
  if (server !== undefined) {
    if (isServerId(server)) return { server };
    throw new UsageError(`--server is ${server}; an id is server_ followed by letters, digits, _ . or -.`);
  }
  if (player === undefined || !isPlayerId(player))
    throw new UsageError(`--player is ${player}; an id is player_ followed by letters, digits, _ or -.`);
  if (role !== "player" && role !== "admin")
    throw new UsageError(`--role is ${role}; it takes one of player, admin.`);
  return { player, role } as const;
}

function idOf(bearer: ReturnType<typeof bearerFrom>) {
  return "server" in bearer ? { server_id: bearer.server } : { player_id: bearer.player };
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
