import { resolve } from "node:path";
import { supportedLevels } from "@matchforge/core";
import { type AdminConfig, adminConfigOf, adminContradictions } from "./admin-settings.ts";
import { type AllocatorsConfig, allocatorsConfigOf, allocatorsContradictions } from "./allocators-config.ts";
import { type AllowedUnsafe, type FleetConfig, fleetConfigOf, fleetContradictions } from "./fleet-config.ts";
import { gatherSettings, type SettingSources } from "./gather-settings.ts";
import { isLoopback } from "./loopback.ts";
import type { Problem } from "./problem.ts";
import type { SettingValues } from "./settings.ts";
import { type ShardPlace, shardContradictions, shardsOf } from "./shard-places.ts";
import { type StreamsConfig, streamsConfigOf, streamsContradictions } from "./streams-config.ts";

export { isLoopback } from "./loopback.ts";
export { defaultRulesFile } from "./settings.ts";

/** Everything a coordinator is started with; read once, never changed. */
export interface Config {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Where operators are listened to; null: nowhere. */
  readonly admin: AdminConfig | null;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute. */
  readonly rulesFile: string;
  /** The shard whose tokens are valid here. */
  readonly shard: string;
  /** All shards of the deployment, this one among them. */
  readonly shards: readonly ShardPlace[];
  readonly guestsAllowed: boolean;
  readonly guestTokenMs: number;
  /** Guests one address may make in a minute. */
  readonly guestSignInsPerMinute: number;
  /** Further origins whose pages may connect, beside the server's own. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly connectionsMax: number;
  readonly connectionsPerAddressMax: number;
  /** A file or URL of public keys; null: tokens are signed with the secret in the data folder. */
  readonly jwks: string | null;
  readonly issuer: string | null;
  readonly audience: string;
  readonly logLevel: SettingValues["log_level"];
  /** Null: the server is alone, and everything is embedded. */
  readonly fleet: FleetConfig | null;
  readonly allowUnsafe: AllowedUnsafe;
  /** Where game servers come from. */
  readonly allocators: AllocatorsConfig;
  /** Where programs outside learn what happens. */
  readonly streams: StreamsConfig;
  /** The kernel levels the shard may rise to while this node runs. */
  readonly kernelLevels: readonly number[];
}

/** A configuration that can be used, or everything that is wrong with it. */
export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const hourMs = 3_600_000;

/**
 * Puts the configuration together: defaults, then the TOML file, then the environment, then what was given
 * by name.
 *
 * @example
 * const loaded = loadConfig({ file: undefined, environment: process.env, given: { port: "9000" } });
 */
export function loadConfig(sources: SettingSources): LoadedConfig {
  const { values, problems } = gatherSettings(sources);
  problems.push(...contradictions(values));
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, config: Object.freeze(configOf(values)) };
}

function configOf(values: SettingValues): Config {
  const { host, port, shard, guests, issuer, jwks, audience } = values;
  return {
    host,
    port,
    admin: adminConfigOf(values),
    dataDir: resolve(values.data_dir),
    rulesFile: resolve(values.rules),
    shard,
    shards: shardsOf(values),
    // Guests are signed with the secret, which nobody trusts where public keys decide.
    guestsAllowed: guests === "auto" ? isLoopback(host) && jwks === null : guests === "on",
    guestTokenMs: values.guest_token_hours * hourMs,
    guestSignInsPerMinute: values.guest_sign_ins_per_minute,
    allowedOrigins: values.allowed_origins,
    trustedProxies: values.trusted_proxies,
    connectionsMax: values.connections_max,
    connectionsPerAddressMax: values.connections_per_address_max,
    jwks,
    issuer,
    audience,
    logLevel: values.log_level,
    fleet: fleetConfigOf(values),
    allowUnsafe: values.allow_unsafe,
    allocators: allocatorsConfigOf(values),
    streams: streamsConfigOf(values),
    kernelLevels: supportedLevels.filter((level) => level <= values.kernel_level_max),
  };
}

/** Values that are fine by themselves and not together. */
function contradictions(values: SettingValues): Problem[] {
  const { host, trusted_proxies, allow_plain_text, jwks, issuer, guests } = values;
  const problems = [
    ...fleetContradictions(values),
    ...shardContradictions(values),
    ...allocatorsContradictions(values),
    ...streamsContradictions(values),
    ...adminContradictions(values),
  ];
  if (!isLoopback(host) && trusted_proxies.length === 0 && !allow_plain_text) {
    const expected =
      "a loopback address, or the TLS proxy named in trusted_proxies, or allow_plain_text = true";
    problems.push({ where: "host", expected, found: `"${host}", which others can reach without TLS` });
  }
  if (jwks !== null && issuer === null) {
    problems.push({
      where: "issuer",
      expected: "the issuer of the tokens, because jwks is set",
      found: "nothing",
    });
  }
  if (jwks !== null && /^http:/.test(jwks) && !isLoopback(URL.parse(jwks)?.hostname ?? "")) {
    problems.push({ where: "jwks", expected: "an https URL, or a file", found: `"${jwks}"` });
  }
  if (jwks !== null && guests === "on") {
    problems.push({ where: "guests", expected: "off or auto, because jwks is set", found: '"on"' });
  }
  return problems;
}
