import { storeLimits } from "../limits.ts";
import type { StoreReport } from "../report.ts";
import { Connections } from "./connections.ts";
import type { ServerAddress } from "./server-address.ts";
import { WakeLine } from "./wake-line.ts";

/** Everything that one opener has to a schema, by the kind of work. */
export interface PostgresLines {
  /** The server and the schema, as errors name them. */
  readonly place: string;
  readonly appends: Connections;
  /** Reading the log, its snapshots and trims. */
  readonly log: Connections;
  readonly archive: Connections;
  readonly wakes: WakeLine;
}

/** Connections are made when they are needed. */
export function postgresLines(options: {
  readonly address: ServerAddress;
  readonly allowUnsafe: readonly string[];
  readonly report: StoreReport;
}): PostgresLines {
  const { address, allowUnsafe, report } = options;
  const connections = (max: number, statementMs: number) =>
    new Connections({ address, max, statementMs, allowUnsafe });
  const { postgresAppendMs, postgresStatementMs } = storeLimits;
  return {
    place: address.place,
    appends: connections(storeLimits.postgresAppendConnections, postgresAppendMs),
    log: connections(storeLimits.postgresLogConnections, postgresStatementMs),
    archive: connections(storeLimits.postgresArchiveConnections, postgresStatementMs),
    wakes: new WakeLine({ address, report }),
  };
}
