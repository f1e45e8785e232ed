import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, TomlError } from "smol-toml";
import { type Problem, TableReader } from "./table-reader.ts";

const logLevels = ["fatal", "error", "warn", "info", "debug", "silent"] as const;
const guestChoices = ["auto", "on", "off"] as const;

/** Everything a coordinator is started with. */
export interface Config {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly rulesFile: string;
  /** The shard whose tokens are valid here. */
  readonly shard: string;
  readonly guestsAllowed: boolean;
  readonly guestTokenMs: number;
  /** Further origins whose pages may connect, beside the server's own. */
  readonly allowedOrigins: readonly string[];
  /** Addresses whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** A file or URL of public keys; null: tokens are signed with the secret in the data folder. */
  readonly jwks: string | null;
  readonly issuer: string | null;
  readonly audience: string;
  readonly logLevel: (typeof logLevels)[number];
}

/** A configuration that can be used, or everything that is wrong with it. */
export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The rules that come with the server. */
export const defaultRulesFile = fileURLToPath(new URL("../../rules/arcade.toml", import.meta.url));

/** Settings given by name, such as flags of the command line; they go before environment and file. */
export type Overrides = Partial<
  Record<"host" | "port" | "data_dir" | "rules" | "log_level" | "guests", string>
>;

const environmentNames = {
  host: "MATCHFORGE_HOST",
  port: "PORT",
  data_dir: "MATCHFORGE_DATA_DIR",
  rules: "MATCHFORGE_RULES",
  log_level: "MATCHFORGE_LOG_LEVEL",
  guests: "MATCHFORGE_GUESTS",
} as const satisfies Record<keyof Overrides, string>;

/**
 * Puts the configuration together: defaults, then the TOML file, then the environment, then what was given
 * by name.
 *
 * @example
 * const loaded = loadConfig({ file: undefined, environment: process.env, given: { port: "9000" } });
 */
export function loadConfig(options: {
  readonly file: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly given: Overrides;
}): LoadedConfig {
  const problems: Problem[] = [];
  const table = options.file === undefined ? {} : readToml(options.file, problems);
  const server = new TableReader(table, "", problems);
  for (const key of Object.keys(environmentNames) as (keyof Overrides)[]) {
    const value = options.given[key] ?? nonEmpty(options.environment[environmentNames[key]]);
    if (value !== undefined) table[key] = key === "port" ? Number(value) : value;
  }
  const config = readConfig(server, problems);
  server.end();
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config };
}

function readConfig(server: TableReader, problems: Problem[]): Config {
  const host = server.text("host", "127.0.0.1");
  const port = server.number("port", 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    problems.push({ path: "port", problem: `must be a whole number from 0 to 65535, not ${port}` });
  }
  const guests = server.oneOf("guests", guestChoices, "auto");
  const config: Config = {
    host,
    port,
    dataDir: resolve(server.text("data_dir", "data")),
    rulesFile: resolve(server.text("rules", defaultRulesFile)),
    shard: server.text("shard", "main"),
    guestsAllowed: guests === "auto" ? isLoopback(host) : guests === "on",
    guestTokenMs: server.number("guest_token_hours", 24) * 3_600_000,
    allowedOrigins: server.texts("allowed_origins", []),
    trustedProxies: server.texts("trusted_proxies", []),
    jwks: server.text("jwks", "") || null,
    issuer: server.text("issuer", "") || null,
    audience: server.text("audience", "matchforge"),
    logLevel: server.oneOf("log_level", logLevels, "info"),
  };
  const plainAllowed = server.flag("allow_plain_text", false);
  if (!isLoopback(host) && config.trustedProxies.length === 0 && !plainAllowed) {
    const advice =
      "name the proxy that ends TLS in trusted_proxies, or set allow_plain_text = true in the config file";
    problems.push({ path: "host", problem: `${host} can be reached from outside without TLS: ${advice}` });
  }
  return config;
}

/** Whether an address is this machine's own, out of reach for others. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function readToml(path: string, problems: Problem[]): Record<string, unknown> {
  try {
    return { ...parse(readFileSync(path, "utf8")) };
  } catch (error) {
    const reason = error instanceof TomlError ? error.message : `cannot be read: ${(error as Error).message}`;
    problems.push({ path, problem: reason });
    return {};
  }
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
