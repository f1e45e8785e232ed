import type { ChainableCommander } from "ioredis";

/** A place in the log: where a batch ends, its stamp and its digest. */
export interface Mark {
  readonly last: number;
  readonly at: number;
  readonly digest: string;
}

/** Where the log begins and ends. */
export interface LogState {
  /** The newest batch. */
  readonly head: Mark;
  /** The newest of the batches that were trimmed. */
  readonly floor: Mark;
  /** Whether the log is being restored from its copy. */
  readonly filling: boolean;
  /** All of it as one text, by which a script tells whether it is still so. */
  readonly text: string;
}

/** The place before the first entry. */
export const beginning: Mark = { last: 0, at: 0, digest: "" };

const fields = ["last", "at", "digest", "floor", "floor_at", "floor_digest", "filling"] as const;

/** Asks for the state, among other commands. */
export function askState(commands: ChainableCommander, headKey: string): ChainableCommander {
  return commands.hmget(headKey, ...fields);
}

/** Reads the answer to {@link askState}. */
export function stateFrom(answer: unknown): LogState {
  const values = answer as (string | null)[];
  const [last, at, digest, floor, floorAt, floorDigest, filling] = values;
  return {
    head: { last: Number(last), at: Number(at), digest: digest ?? "" },
    floor: { last: Number(floor), at: Number(floorAt), digest: floorDigest ?? "" },
    filling: filling !== null,
    text: values.map((value) => value ?? "-").join(" "),
  };
}
