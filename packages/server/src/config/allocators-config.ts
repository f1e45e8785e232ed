import { resolve } from "node:path";
import type { ListedServer } from "matchforge";
import type { AgonesPlace } from "../allocators/agones/agones-provider.ts";
import type { HttpProviderPlace } from "../allocators/http-provider/http-provider.ts";
import type { Problem } from "./problem.ts";
import type { AllocatorName } from "./servers-settings.ts";
import type { SettingValues } from "./settings.ts";

/** Where game servers come from. */
export interface AllocatorsConfig {
  /** The first is asked first. */
  readonly order: readonly AllocatorName[];
  /** Null: it is not among them. */
  readonly http: (HttpProviderPlace & { readonly timeoutMs: number }) | null;
  readonly agones: AgonesPlace | null;
  /** The servers of `static`. */
  readonly listed: readonly ListedServer[];
}

/** The part of the settings that says where game servers come from. */
export function allocatorsConfigOf(values: SettingValues): AllocatorsConfig {
  const order = values["servers.allocators"];
  const url = values["servers.http_url"];
  const fleet = values["servers.agones_fleet"];
  const tokenFile = values["servers.http_token_file"];
  const http = {
    tokenFile: tokenFile === null ? null : resolve(tokenFile),
    timeoutMs: values["servers.http_timeout_seconds"] * 1_000,
  };
  const agones = {
    url: values["servers.agones_url"],
    namespace: values["servers.agones_namespace"],
    regionLabel: values["servers.agones_region_label"],
    portName: values["servers.agones_port_name"],
    tokenFile: resolve(values["servers.agones_token_file"]),
    caFile: resolve(values["servers.agones_ca_file"]),
  };
  return {
    order,
    http: order.includes("http") && url !== null ? { url, ...http } : null,
    agones: order.includes("agones") && fleet !== null ? { fleet, ...agones } : null,
    listed: values["servers.static"],
  };
}

/** What each allocator cannot do without. */
const needed = {
  http: { key: "servers.http_url", what: "the URL of the provider" },
  agones: { key: "servers.agones_fleet", what: "the name of the fleet" },
  static: { key: "servers.static", what: "at least one server" },
} as const;

/** Settings of game servers that are fine by themselves and not together. */
export function allocatorsContradictions(values: SettingValues): Problem[] {
  const order = values["servers.allocators"];
  const problems: Problem[] = [];
  for (const [name, { key, what }] of Object.entries(needed)) {
    const value = values[key];
    const isGiven = value !== null && value.length > 0;
    const isNamed = order.some((one) => one === name);
    const found = "nothing";
    if (isNamed && !isGiven)
      problems.push({ where: key, expected: `${what}, because servers.allocators names ${name}`, found });
    if (isGiven && !isNamed)
      problems.push({
        where: "servers.allocators",
        expected: `${name} among them, because ${key} is set`,
        found: order.join(", "),
      });
  }
  return problems;
}
