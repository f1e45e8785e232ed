import { JetStreamApiCodes, JetStreamApiError } from "@nats-io/jetstream";
import { StoreError } from "../../errors.ts";
import { movedError } from "../cursor.ts";

const moved: ReadonlySet<number> = new Set([
  JetStreamApiCodes.StreamWrongLastSequence,
  JetStreamApiCodes.StreamWrongLastSequenceUnknown,
]);

const bugs = [StoreError, TypeError, RangeError, ReferenceError];

/** Names what NATS, or the way to it, has answered; what it did is in doubt. */
export function nameFailure(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || bugs.some((bug) => error instanceof bug)) return error;
  if (error instanceof JetStreamApiError && moved.has(error.code)) return movedError(place);
  const detail = `${place} cannot be used (${error.message || error.name}).`;
  return new StoreError("STORE_UNAVAILABLE", detail, { cause: error });
}
