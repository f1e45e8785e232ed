import { type TSchema, Type } from "typebox";
import { wireLimits } from "../limits.ts";

// Each builder takes the sentence that documents the field. `title` names what is expected: the reference
// page prints it, and so does the refusal of a wrong value. Lengths stand inside the patterns, so that one
// regular expression checks a string once.

const printable = `^[!-~]{1,${wireLimits.idLengthMax}}$`;
const namePattern = `^[A-Za-z0-9][A-Za-z0-9_.-]{0,${wireLimits.nameLengthMax - 1}}$`;

/** A name as the key of a map. */
export const nameKey = Type.String({ pattern: namePattern });

/** An id, wallet address or client instance id: printable, without spaces. */
export function id(description: string) {
  return Type.String({
    pattern: printable,
    title: `id of 1 to ${wireLimits.idLengthMax} printable characters`,
    description,
  });
}

/** The name of a mode, stake tier, region or role. */
export function named(description: string) {
  return Type.String({
    pattern: namePattern,
    title: `name of 1 to ${wireLimits.nameLengthMax} letters, digits, "_", "." or "-"`,
    description,
  });
}

/** A name for people, such as a map's. */
export function name(description: string) {
  return Type.String({ minLength: 1, maxLength: 64, title: "name of 1 to 64 characters", description });
}

/** Money in the token's smallest unit, as decimal text: it has no upper bound a number could hold. */
export function amount(description: string) {
  return Type.String({ pattern: "^[0-9]{1,78}$", title: "amount as 1 to 78 decimal digits", description });
}

/** A moment, in ms since 1970, on the server's clock: compare it with the envelope's `ts`. */
export function timeMs(description: string) {
  return Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    title: "time in ms since 1970",
    description,
  });
}

/** Something that is so or is not. */
export function flag(description: string) {
  return Type.Boolean({ title: "true or false", description });
}

/** A span of time in seconds. */
export function seconds(description: string) {
  return Type.Number({ minimum: 0, title: "seconds", description });
}

/** A span of time in milliseconds. */
export function milliseconds(description: string) {
  return Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    title: "whole milliseconds",
    description,
  });
}

/** How many of something. */
export function count(description: string) {
  return Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    title: "whole number from 0",
    description,
  });
}

/** A part of the whole, from 0 to 1. */
export function fraction(description: string) {
  return Type.Number({ minimum: 0, maximum: 1, title: "number from 0 to 1", description });
}

/** A number of any sign. */
export function number(description: string) {
  return Type.Number({ title: "number", description });
}

/** A number that is not negative. */
export function measure(description: string) {
  return Type.Number({ minimum: 0, title: "number from 0", description });
}

/** Text for people. */
export function sentence(description: string) {
  return Type.String({ maxLength: 1_024, title: "text", description });
}

/** SHA-256 as lower-case hex. */
export function sha256Hex(description: string) {
  return Type.String({ pattern: "^[0-9a-f]{64}$", title: "64 lower-case hex digits", description });
}

/** One of a closed list. */
export function oneOf<const Values extends string[]>(values: readonly [...Values], description: string) {
  return Type.Enum(values, { title: `one of ${values.join(", ")}`, description });
}

/** A value that may be null. */
export function nullable<const Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}
