/** A place in the log: where a batch ends, its stamp and its digest. */
export interface Mark {
  readonly last: number;
  readonly at: number;
  /** Empty where only the stamp is known, as in a log that was restored to here. */
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

/** Reads the fields of the head, in the order in which the scripts answer them. */
export function stateFrom(fields: readonly (string | null)[]): LogState {
  const [last, at, digest, floor, floorAt, floorDigest, filling] = fields;
  return {
    head: { last: Number(last), at: Number(at), digest: digest ?? "" },
    floor: { last: Number(floor), at: Number(floorAt), digest: floorDigest ?? "" },
    filling: filling !== null,
    text: fields.map((field) => field ?? "-").join(" "),
  };
}
