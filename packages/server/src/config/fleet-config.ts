import { hostname } from "node:os";
import { isPeerAddress } from "@matchforge/stores/sockets";
import type { UnsafeName } from "./fleet-settings.ts";
import type { Problem } from "./problem.ts";
import type { SettingValues } from "./settings.ts";

/** What makes a server one node of a fleet. */
export interface FleetConfig {
  /** This node's name, which no other node has. */
  readonly node: string;
  /** A URL with the password in it: never shown. */
  readonly database: string;
  /** As `database`. */
  readonly redis: string | null;
  readonly log: "postgres" | "redis";
  readonly relay: "redis" | "nodes";
  /** Where this node's relay listens, for `relay = "nodes"`. */
  readonly relayHost: string;
  readonly relayPort: number;
  /** What others are told to connect to; null: where it listens. */
  readonly relayAddress: string | null;
}

/** The part of the settings that concerns a fleet; null where the server is alone. */
export function fleetConfigOf(values: SettingValues): FleetConfig | null {
  const { database, redis, log, host } = values;
  if (database === null) return null;
  const automatic = redis === null ? "nodes" : "redis";
  return {
    node: values.node ?? hostname(),
    database,
    redis,
    log,
    relay: values.relay === "auto" ? automatic : values.relay,
    relayHost: values.relay_host ?? host,
    relayPort: values.relay_port,
    relayAddress: values.relay_address,
  };
}

/** Nodes that send to each other are told where to connect. */
function unreachable(values: SettingValues): Problem[] {
  const fleet = fleetConfigOf(values);
  if (fleet?.relay !== "nodes" || fleet.relayAddress !== null) return [];
  const { relayHost: host } = fleet;
  const isOne = !everywhere.has(host) && isPeerAddress(`${host.includes(":") ? `[${host}]` : host}:7000`);
  if (isOne) return [];
  const expected = `where others reach this node, because nobody can connect to "${host}"`;
  return [{ where: "relay_address", expected, found: "nothing" }];
}

/** Where a server listens on all its addresses. */
const everywhere: ReadonlySet<string> = new Set(["", "0.0.0.0", "::", "[::]"]);

/** What was accepted by name although it can lose what was acknowledged. */
export type AllowedUnsafe = readonly UnsafeName[];

/** Settings of a fleet that are fine by themselves and not together. */
export function fleetContradictions(values: SettingValues): Problem[] {
  const { database, redis, log, relay, node } = values;
  const problems: Problem[] = unreachable(values);
  const needs = (where: string, needed: string, found: string) =>
    problems.push({ where, expected: `${needed}, because ${found}`, found: "nothing" });
  if (database === null && redis !== null)
    needs("database", "the fleet's PostgreSQL, which holds the truth", "redis is set");
  if (database === null && node !== null) needs("database", "the fleet's PostgreSQL", "node is set");
  if (redis === null && log === "redis") needs("redis", "the fleet's Redis", 'log is "redis"');
  if (redis === null && relay === "redis") needs("redis", "the fleet's Redis", 'relay is "redis"');
  return problems;
}
