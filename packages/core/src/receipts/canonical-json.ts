/**
 * JSON with the keys of every object in order of their code units and no blanks: the same value gives the same text, so
 * its hash means something. Infinity is written as null, as JSON does.
 *
 * @example
 * canonicalJson({ b: 1, a: [2] }); // {"a":[2],"b":1}
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const object = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`)
    .join(",")}}`;
}
