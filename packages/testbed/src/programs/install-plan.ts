import type { ProgramName } from "./find-program.ts";

/** How missing programs come to the machine, or why they cannot. */
export type InstallPlan =
  | { readonly kind: "nothing" }
  | { readonly kind: "install"; readonly packages: readonly string[] }
  | { readonly kind: "ask"; readonly message: string };

const packageOf: Readonly<Record<ProgramName, string>> = {
  "redis-server": "redis-server",
  "redis-cli": "redis-server",
  postgres: "postgresql",
  initdb: "postgresql",
  "nats-server": "nats-server",
};

/** The variables that name a server which is there already, for packages whose server can be. */
const variableOf: Readonly<Record<string, string>> = {
  "redis-server": "REDIS_URL",
  postgresql: "DATABASE_URL",
};

/**
 * Plans what to do about programs that are missing.
 *
 * @example
 * installPlan({ missing: ["postgres"], isRoot: false, hasApt: true });
 * // { kind: "ask", message: "… Run: sudo apt-get install -y postgresql …" }
 */
export function installPlan({
  missing,
  isRoot,
  hasApt,
}: {
  readonly missing: readonly ProgramName[];
  readonly isRoot: boolean;
  readonly hasApt: boolean;
}): InstallPlan {
  if (missing.length === 0) return { kind: "nothing" };
  const programs = [...new Set(missing)];
  const packages = [...new Set(programs.map((name) => packageOf[name]))].sort();
  if (isRoot && hasApt) return { kind: "install", packages };
  const command = hasApt
    ? `sudo apt-get install -y ${packages.join(" ")}`
    : `brew install ${packages.map((name) => (name === "redis-server" ? "redis" : name)).join(" ")}`;
  const variables = packages.flatMap((name) => variableOf[name] ?? []);
  const otherwise = variables.length === 0 ? "" : `, or name servers in ${variables.join(" and ")}`;
  return {
    kind: "ask",
    message:
      `The tests run against real servers, and ${programs.join(" and ")} cannot be found. ` +
      `Run: ${command} (or its like on this system)${otherwise}.`,
  };
}
