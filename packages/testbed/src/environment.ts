/** What the environment says about servers and programs: nothing else of the testbed reads it. */

/** The variables that name a server which is there already, by the kind of server. */
export const urlVariables = {
  postgres: "DATABASE_URL",
  redis: "REDIS_URL",
  redisCluster: "REDIS_CLUSTER_URL",
} as const;

export type ServerKind = keyof typeof urlVariables;

/** The address of a server that is there already, if there is one. */
export function givenUrl(kind: ServerKind): string | undefined {
  return process.env[urlVariables[kind]] || undefined;
}

/** The folders that are searched for programs. */
export function searchPath(): readonly string[] {
  return (process.env.PATH ?? "").split(":").filter((folder) => folder !== "");
}

/**
 * The environment that servers run in. Node's variables would make the keeper write into the test run's
 * coverage, PostgreSQL's would override what it is told, and errors are to be read in one language.
 */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(NODE_|PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}
