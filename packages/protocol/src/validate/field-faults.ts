import type { TLocalizedValidationError } from "typebox/error";
import { type ErrorCode, errorCatalogue } from "../errors/catalogue.ts";
import { describeSchema } from "../schema/describe-schema.ts";

/** One thing that is wrong with a message. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
}

type Errors = readonly TLocalizedValidationError[];

/** The first fault of the envelope itself, if there is one. */
export function envelopeFaultIn(errors: Errors, schema: object): Fault | undefined {
  const error = errors.find(isEnvelopeError);
  return error && { code: "INVALID_ENVELOPE", message: faultOf(error, schema).message };
}

/** The most telling fault of the fields: a missing one, then an unknown one, then a wrong value. */
export function fieldFaultIn(errors: Errors, schema: object): Fault {
  const error = errors.find(isMissing) ?? errors.find(isUnknown) ?? errors[0];
  if (error !== undefined) return faultOf(error, schema);
  return { code: "INVALID_FIELD", message: errorCatalogue.INVALID_FIELD.happened };
}

function isEnvelopeError({ instancePath, keyword }: TLocalizedValidationError): boolean {
  return instancePath === "/data" ? keyword === "type" : !instancePath.startsWith("/data/");
}

function isMissing({ keyword }: TLocalizedValidationError): boolean {
  return keyword === "required";
}

/** A strict object has the schema `false` for keys it does not name, and that error is a `boolean` one. */
function isUnknown({ keyword }: TLocalizedValidationError): boolean {
  return keyword === "boolean";
}

function faultOf(error: TLocalizedValidationError, schema: object): Fault {
  const path = error.instancePath.split("/").slice(1).map(readableKey);
  if (error.keyword === "required") {
    const missing = [...path, ...error.params.requiredProperties.slice(0, 1)];
    return { code: "MISSING_FIELD", message: `${missing.join(".")} is missing.` };
  }
  if (isUnknown(error)) {
    return { code: "UNKNOWN_FIELD", message: `${path.join(".")} is not a known field.` };
  }
  const expected = describeSchema(schemaAt(schema, error.schemaPath));
  return { code: "INVALID_FIELD", message: `${path.join(".")} must be: ${expected}.` };
}

/** A key as it may stand in a sentence: clients choose keys, so nothing strange or long gets through. */
function readableKey(pointerSegment: string): string {
  const key = pointerSegment.replaceAll("~1", "/").replaceAll("~0", "~");
  return /^[A-Za-z0-9_]{1,64}$/.test(key) ? key : JSON.stringify(key.slice(0, 64));
}

/** The schema a path such as `#/properties/data/properties/from` leads to; of a union, the whole of it. */
function schemaAt(schema: object, schemaPath: string): object {
  const [fieldPath = ""] = schemaPath.split("/anyOf/");
  return fieldPath
    .split("/")
    .slice(1)
    .reduce<object>((at, key) => (at as Record<string, object | undefined>)[key] ?? at, schema);
}
