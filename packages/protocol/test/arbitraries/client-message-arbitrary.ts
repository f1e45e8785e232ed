import fc from "fast-check";
import { clientEnvelope, clientMessageDefinitions } from "../../src/schemas.ts";
import { schemaArbitrary } from "./schema-arbitrary.ts";

/** A client message its schema admits, as a JSON value; negative zero, which JSON has not, is zero. */
export const clientMessageArbitrary: fc.Arbitrary<Record<string, unknown>> = fc
  .oneof(...clientMessageDefinitions.map(({ type, data }) => schemaArbitrary(clientEnvelope(type, data))))
  .map((message) => JSON.parse(JSON.stringify(message)) as Record<string, unknown>);

/** JSON values that mutations put where they do not belong. */
const intruder = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, "", 0, -1, 1e21, 1.5, true, [], {}, "x".repeat(70), [[]], {
    __proto__: null,
  }),
);

/** One change to a message, found by walking `path` modulo the keys at each level. */
export const mutationArbitrary = fc.record({
  path: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 4 }),
  change: fc.constantFrom("remove", "replace", "add", "wrap"),
  key: fc.oneof(
    fc.constantFrom("__proto__", "constructor", "toString", "id", "data", "match_id"),
    fc.string(),
  ),
  value: intruder,
});

/** A change to a message. */
export type Mutation = typeof mutationArbitrary extends fc.Arbitrary<infer Change> ? Change : never;

/** The message with the change made; keys such as `__proto__` become own keys, as JSON.parse makes them. */
export function mutate(message: unknown, { path, change, key, value }: Mutation): unknown {
  const [step = 0, ...rest] = path;
  if (typeof message !== "object" || message === null) return change === "wrap" ? [message] : value;
  const entries = Object.entries(message);
  const at = entries.length === 0 ? 0 : step % entries.length;
  const entry = entries[at];
  if (entry === undefined || change === "add") return rebuild(message, [...entries, [key, value]]);
  const [name, inner] = entry;
  if (rest.length > 0)
    return rebuild(message, entries.with(at, [name, mutate(inner, { path: rest, change, key, value })]));
  if (change === "remove") return rebuild(message, entries.toSpliced(at, 1));
  return rebuild(message, entries.with(at, [name, change === "wrap" ? [inner] : value]));
}

function rebuild(original: object, entries: [string, unknown][]): unknown {
  if (Array.isArray(original)) return entries.map(([, value]) => value);
  const text = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${text.join()}}`);
}
