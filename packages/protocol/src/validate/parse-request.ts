import type { Static, TObject } from "typebox";
import { Compile } from "typebox/compile";
import type { ErrorCode } from "../errors/catalogue.ts";
import { wireLimits } from "../limits.ts";
import { fieldFaultIn } from "./field-faults.ts";
import { shapeFaultOf } from "./message-shape.ts";

/** What was sent if it keeps to its schema, or why it does not. */
export type ParsedRequest<Sent> =
  | { readonly ok: true; readonly sent: Sent }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/**
 * Makes the parser of a part of an HTTP request, with the bounds and the codes of a message on a socket. What it made
 * never throws.
 *
 * @example
 * const parse = requestParser(ticketCreate.body.schema);
 * const parsed = parse(request.body);
 */
export function requestParser<Schema extends TObject>(
  schema: Schema,
): (value: unknown) => ParsedRequest<Static<Schema>> {
  const validator = Compile(schema);
  const { messageDepthMax: depthMax, entriesPerValueMax: entriesMax } = wireLimits;
  return (value) => {
    if (validator.Check(value)) return { ok: true, sent: value as Static<Schema> };
    const shape = shapeFaultOf(value, { depthMax, entriesMax });
    if (shape === "too_deep") return refused("PAYLOAD_TOO_DEEP", `A body nests at most ${depthMax} deep.`);
    if (shape === "too_wide")
      return refused("PAYLOAD_TOO_LARGE", `An object or array has at most ${entriesMax} entries.`);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return refused("INVALID_FIELD", "Send a JSON object.");
    const { code, message } = fieldFaultIn(validator.Errors(value), schema);
    return refused(code, message);
  };
}

function refused(code: ErrorCode, detail: string) {
  return { ok: false, code, detail } as const;
}
