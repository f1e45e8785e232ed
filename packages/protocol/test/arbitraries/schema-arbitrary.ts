import fc from "fast-check";

/** JSON Schema, as far as the protocol uses it. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxProperties?: number;
}

/** Values a schema admits; it throws at a keyword it does not know how to make values for. */
export function schemaArbitrary(schema: object): fc.Arbitrary<unknown> {
  const known = schema as Schema;
  if (known.const !== undefined) return fc.constant(known.const);
  if (known.enum !== undefined) return fc.constantFrom(...known.enum);
  if (known.anyOf !== undefined) return fc.oneof(...known.anyOf.map(schemaArbitrary));
  switch (known.type) {
    case "object":
      return objectArbitrary(known);
    case "array":
      return fc.array(schemaArbitrary(known.items!), {
        minLength: known.minItems ?? 0,
        maxLength: known.maxItems!,
      });
    case "string":
      return stringArbitrary(known);
    case "integer":
      return fc.integer({ min: known.minimum!, max: known.maximum! });
    case "number":
      return fc.double({
        noNaN: true,
        noDefaultInfinity: true,
        ...(known.minimum !== undefined && { min: known.minimum }),
        ...(known.maximum !== undefined && { max: known.maximum }),
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      throw new Error(`no values are known for ${JSON.stringify(schema)}`);
  }
}

function objectArbitrary({ properties = {}, required = [], patternProperties, maxProperties }: Schema) {
  if (patternProperties !== undefined) {
    const [[pattern, value]] = Object.entries(patternProperties) as [[string, Schema]];
    const key = fc.stringMatching(new RegExp(pattern));
    return fc.dictionary(key, schemaArbitrary(value), { maxKeys: maxProperties!, noNullPrototype: true });
  }
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, schemaArbitrary(field)]),
  );
  return fc.record(fields, { requiredKeys: [...required] as never[], noNullPrototype: true });
}

function stringArbitrary({ pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: maxLength!, unit: "grapheme" });
}
