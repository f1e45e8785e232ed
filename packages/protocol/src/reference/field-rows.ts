import { serverMessageDefinitions } from "../messages/server-messages.ts";
import { describeSchema } from "../schema/describe-schema.ts";

/** A JSON Schema, as far as fields are read from it. */
interface Schema {
  readonly description?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** One row of a table of fields: name, whether it may be left out, what it is, what it means. Backticks are code. */
export type FieldRow = readonly [name: string, presence: string, kind: string, meaning: string];

/**
 * The fields of an object schema, those of nested objects under dotted names: for the reference pages.
 *
 * @example
 * fieldRows(queueUpdate.data)[1]; // ["`position`", "always", "whole number from 0", "Place in the pool …"]
 */
export function fieldRows(schema: object, prefix = ""): FieldRow[] {
  const { properties = {}, required = [] } = schema as Schema;
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const presence = required.includes(name) ? "always" : "optional";
    const message = serverMessageDefinitions.find(({ data }) => Object.is(data, field));
    const kind = message === undefined ? describeSchema(field) : `the \`data\` of \`${message.type}\``;
    const row: FieldRow = [`\`${path}\``, presence, kind, descriptionOf(field)];
    return message === undefined ? [row, ...nestedRows(field, path)] : [row];
  });
}

function nestedRows(field: Schema, path: string): FieldRow[] {
  if (field.properties !== undefined) return fieldRows(field, `${path}.`);
  if (field.items !== undefined) return nestedRows(field.items, `${path}[]`);
  return unionRows(field.anyOf ?? [], path);
}

/** The fields of a union's shapes: what all shapes have once, the rest under the name of its shape. */
function unionRows(variants: readonly Schema[], path: string): FieldRow[] {
  const plain = variants.map((variant) => nestedRows(variant, path)).filter((rows) => rows.length > 0);
  const [first = [], ...others] = plain;
  const isShared = (row: FieldRow) => others.every((rows) => rows.some((other) => isSameRow(row, other)));
  const own = variants.flatMap((variant) =>
    nestedRows(variant, path)
      .filter((row) => !isShared(row))
      .map(([name, ...rest]): FieldRow => [name.replace(path, `${path}(${labelOf(variant)})`), ...rest]),
  );
  return [...first.filter(isShared), ...own];
}

function isSameRow(left: FieldRow, right: FieldRow): boolean {
  return left.every((cell, index) => cell === right[index]);
}

/** Tells the shapes of a union apart by the state each of them is for. */
function labelOf({ properties }: Schema): string {
  return String(properties?.state?.const ?? "");
}

function descriptionOf(field: Schema): string {
  return field.description ?? field.anyOf?.map(descriptionOf).find((text) => text !== "") ?? "";
}
