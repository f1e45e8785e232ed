import { accessErrors } from "./access-errors.ts";
import type { ErrorDescription } from "./error-description.ts";
import { matchErrors } from "./match-errors.ts";
import { messageErrors } from "./message-errors.ts";
import { moneyErrors } from "./money-errors.ts";
import { nodeErrors } from "./node-errors.ts";
import { queueErrors } from "./queue-errors.ts";
import { serverErrors } from "./server-errors.ts";
import { serviceErrors } from "./service-errors.ts";

/** The families of the catalogue, by what they are about. */
export const errorFamilies = {
  messages: messageErrors,
  access: accessErrors,
  queues: queueErrors,
  matches: matchErrors,
  money: moneyErrors,
  servers: serverErrors,
  service: serviceErrors,
  nodes: nodeErrors,
} as const;

/**
 * Every code an `error` message or a problem document may carry: a closed list.
 *
 * @example
 * errorCatalogue.QUEUE_FULL.retryable; // true
 */
export const errorCatalogue = {
  ...messageErrors,
  ...accessErrors,
  ...queueErrors,
  ...matchErrors,
  ...moneyErrors,
  ...serverErrors,
  ...serviceErrors,
  ...nodeErrors,
} satisfies Record<string, ErrorDescription>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue;

/** All codes, in the catalogue's order. */
export const errorCodes = Object.keys(errorCatalogue) as ErrorCode[];

/**
 * True when `code` is one of the catalogue's.
 *
 * @example
 * isErrorCode("toString"); // false
 */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}
