import { StoreError, type StoreErrorCode } from "../../errors.ts";

/** An error on its way between threads. Without a code it is a bug, not an operational failure. */
export interface Failure {
  readonly code: StoreErrorCode | undefined;
  readonly message: string;
  readonly cause: unknown;
}

/** The structured clone of an error drops its class and its code, so both travel beside it. */
export function packFailure(error: unknown): Failure {
  if (error instanceof StoreError) return { code: error.code, message: error.message, cause: error.cause };
  return { code: undefined, message: "", cause: error };
}

/** The error as it was thrown at the other end. */
export function unpackFailure({ code, message, cause }: Failure): unknown {
  return code === undefined ? cause : new StoreError(code, message, { cause });
}
