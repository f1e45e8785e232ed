import type { LogMirror } from "../log/mirror-port.ts";
import type { Log } from "../log/port.ts";

/** The faithful copy of a relaxed log: one store, written by the mirror alone, read and given snapshots by the log. */
export interface LogCopy {
  readonly log: Log;
  readonly mirror: LogMirror;
}
