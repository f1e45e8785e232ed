import assert from "node:assert/strict";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** What one side says of itself: who it is, and a number used once. */
export interface Identity {
  /** New at every start of a relay. */
  readonly instance: string;
  /** The node's name, for messages. */
  readonly node: string;
  readonly nonce: string;
}

/** The side that opened the line, and hears what the other one publishes. */
export const dialer = "dialer";
/** The side that was called. */
export const answerer = "answerer";

/** A number that is used for one line only. */
export function newNonce(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Proves that whoever plays `role` knows the secret and means this line and no other: both sides and both numbers go
 * in, and the role, so that nobody can be made to answer their own question.
 */
export function proofOf(secret: string, line: ProvenLine): string {
  const text = JSON.stringify(["matchforge relay", line.role, partsOf(line.dialer), partsOf(line.answerer)]);
  return createHmac("sha256", secret).update(text).digest("base64url");
}

/** Whether a proof is the one expected, in a time that does not tell where it differs. */
export function isProof(
  proof: string,
  { secret, ...line }: ProvenLine & { readonly secret: string },
): boolean {
  const expected = Buffer.from(proofOf(secret, line));
  const actual = Buffer.from(proof);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Reads a message of the greeting: an object whose named fields are texts of a sensible length. */
export function greetingFrom<Field extends string>(
  text: string,
  fields: readonly Field[],
): Record<Field, string> {
  const message: unknown = JSON.parse(text);
  assert(typeof message === "object" && message !== null);
  const found = fields.map((field) => {
    const value = (message as Record<string, unknown>)[field];
    assert(typeof value === "string" && value.length <= longestField);
    return [field, value];
  });
  return Object.fromEntries(found) as Record<Field, string>;
}

interface ProvenLine {
  readonly role: typeof dialer | typeof answerer;
  readonly dialer: Identity;
  readonly answerer: Identity;
}

const longestField = 256;

function partsOf({ instance, node, nonce }: Identity): readonly string[] {
  return [instance, node, nonce];
}
