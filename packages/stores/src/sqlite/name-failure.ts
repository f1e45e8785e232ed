import { StoreError } from "../errors.ts";

/** Primary result codes of SQLite: https://sqlite.org/rescode.html */
const sqlite = {
  error: 1,
  busy: 5,
  corrupt: 11,
  tooBig: 18,
  constraint: 19,
  mismatch: 20,
  misuse: 21,
  range: 25,
  notADatabase: 26,
};

const ours: readonly number[] = [
  sqlite.error,
  sqlite.tooBig,
  sqlite.constraint,
  sqlite.mismatch,
  sqlite.misuse,
  sqlite.range,
];

/**
 * Names what SQLite threw about the file at `path`. A statement or a value SQLite rejects is a bug of ours and is
 * answered as it is; so is everything that does not come from SQLite.
 */
export function nameFailure(error: unknown, path: string): unknown {
  const code = primaryCodeOf(error);
  if (code === undefined || ours.includes(code)) return error;
  const reason = error instanceof Error ? error.message : "unknown";
  if (code === sqlite.busy) {
    const advice = "Stop the program that has it open, or choose another data folder.";
    return new StoreError("FILE_IN_USE", `${path} is in use by another process. ${advice}`, { cause: error });
  }
  if (code === sqlite.corrupt || code === sqlite.notADatabase) {
    const advice =
      "Keep a copy of it and of its -wal file, then restore a backup or save what is left with `sqlite3 FILE .recover`.";
    return new StoreError("CORRUPT", `${path} is damaged (${reason}). ${advice}`, { cause: error });
  }
  const advice = "Check free space, permissions and the disk.";
  return new StoreError(
    "STORE_UNAVAILABLE",
    `${path} cannot be used (${reason}, SQLite ${code}). ${advice}`,
    {
      cause: error,
    },
  );
}

/** Extended result codes carry the primary one in their low byte. */
function primaryCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return undefined;
  return error.errcode & 0xff;
}
