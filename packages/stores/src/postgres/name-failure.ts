import { AssertionError } from "node:assert";
import { DatabaseError } from "pg";
import { StoreError } from "../errors.ts";

/**
 * SQLSTATE codes and classes that say that the server cannot work at the moment, or not for us:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const unavailable: Readonly<Record<string, string>> = {
  "08": "Check the network between this machine and the server.",
  "28": "Check the role and the password in its address.",
  "40": "Another transaction was in the way.",
  "53": "Check free space, memory and max_connections of the server.",
  "57": "The server ended the statement or is starting or stopping.",
  "58": "Check the disk of the server.",
  "25006": "It is read-only: use the address of the primary.",
  "25P03": "This process did not go on with a transaction for too long.",
  "25P04": "The transaction took too long.",
  "3D000": "Create the database, or correct its address.",
  "42501": "Grant the role of its address what it may not do.",
  "55P03": "Another transaction held a lock for too long.",
};

/** SQLSTATE codes of damaged data. */
const damaged = ["XX001", "XX002"];

/** What only a mistake in this program throws. */
const bugs = [AssertionError, TypeError, RangeError, SyntaxError, ReferenceError];

/**
 * Names what was thrown while working with the server at `place`. A statement or a value that the server rejects is
 * a bug of ours and is answered as it is; so is everything that no connection throws.
 */
export function nameFailure(error: unknown, place: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  if (error instanceof DatabaseError) return nameAnswer(error, place);
  // The driver and the system throw plain errors for whatever befalls a connection.
  if (bugs.some((kind) => error instanceof kind)) return error;
  const advice = "Check that the server runs and can be reached.";
  const reason = `${place} cannot be reached (${reasonOf(error)}). ${advice}`;
  return new StoreError("STORE_UNAVAILABLE", reason, { cause: error });
}

function nameAnswer(error: DatabaseError, place: string): Error {
  const code = error.code ?? "";
  if (damaged.includes(code)) {
    const advice = "Keep a copy of the server's data folder, then restore a backup.";
    return new StoreError("CORRUPT", `${place} is damaged (${error.message}). ${advice}`, { cause: error });
  }
  const advice = unavailable[code] ?? unavailable[code.slice(0, 2)];
  if (advice === undefined) return error;
  const reason = `${place} cannot be used (${error.message}, SQLSTATE ${code}). ${advice}`;
  return new StoreError("STORE_UNAVAILABLE", reason, { cause: error });
}

/** Trying several addresses of a host fails with one error that has the reasons inside and no message. */
function reasonOf(error: Error): string {
  return error instanceof AggregateError ? error.errors.map(String).join("; ") : error.message;
}
