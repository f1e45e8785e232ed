import assert from "node:assert/strict";
import { Client, type ClientConfig, types } from "pg";
import { storeLimits } from "../limits.ts";

/** One shard on a server: what its connections have in common. */
export interface ServerAddress {
  readonly url: string;
  /** The schema's name, quoted: what stands in SQL. */
  readonly schema: string;
  /** The server and the schema as errors name them, without the password. */
  readonly place: string;
}

/** The text of an eight-byte integer, as the server names its type. */
const bigintType = 20;

/** Schemas carry our name, so that they are told from others; PostgreSQL would cut what is longer than 63 bytes. */
const schemaPattern = /^matchforge_[\w.-]{1,52}$/;

/** Puts together an address; a wrong one is a bug of the caller, who has read it from a configuration. */
export function serverAddress({
  url,
  schema,
}: {
  readonly url: string;
  readonly schema: string;
}): ServerAddress {
  assert(/^postgres(ql)?:/.test(url), "The address of a PostgreSQL server begins with postgres://");
  assert(schemaPattern.test(schema), `${schema} is no schema's name: it must match ${schemaPattern}.`);
  const { host, port, database } = new Client({ connectionString: url });
  const place = `PostgreSQL at ${host}:${port}/${database}, schema ${schema},`;
  return { url, schema: `"${schema}"`, place };
}

/**
 * How a connection is made: never waiting for ever. `statementMs` is the server's own limit for a statement, so the
 * client's is a little longer: it is reached only where the network swallows the answer.
 */
export function connectionConfig({ url }: ServerAddress, statementMs: number): ClientConfig {
  return {
    connectionString: url,
    fallback_application_name: "matchforge",
    connectionTimeoutMillis: storeLimits.postgresConnectMs,
    query_timeout: statementMs + storeLimits.postgresAnswerGraceMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: storeLimits.postgresKeepAliveMs,
    types: { getTypeParser: parserOf },
  };
}

/** Positions and times are safe integers, which the driver would give back as text. */
function parserOf(type: number, format?: "text" | "binary") {
  return type === bigintType ? Number : types.getTypeParser(type, format);
}
