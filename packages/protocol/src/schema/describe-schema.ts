/** A JSON Schema, as far as it describes a field to people. */
interface Described {
  readonly title?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly object[];
}

/**
 * What a schema expects, in a few words: for refusals and for the reference page.
 *
 * @example
 * describeSchema(nullable(amount("The stake."))); // "amount as 1 to 78 decimal digits, or null"
 */
export function describeSchema(schema: object): string {
  const { title, type, const: constant, anyOf } = schema as Described;
  if (title !== undefined) return title;
  if (constant !== undefined) return JSON.stringify(constant);
  if (anyOf !== undefined) return [...new Set(anyOf.map(describeSchema))].join(", or ");
  return type ?? "anything";
}
