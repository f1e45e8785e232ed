import fc from "fast-check";
import { mutatedJson } from "./mutated-json.ts";
import type { Operation, Parameter } from "./served-api.ts";
import type { World } from "./world.ts";

/** A request as it is sent. */
export interface ContractRequest {
  /** Of the listener. */
  readonly url: string;
  readonly method: string;
  readonly path: string;
  /** The name of one of the world's tokens. */
  readonly token: string;
  readonly contentType: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The operation's own example, with what there is in this world in the place of what it names. */
export function validRequest(
  operation: Operation,
  { world, token }: { world: World; token: string },
): ContractRequest {
  const { url, method, requestBody } = operation;
  const valueFor = ({ name, example }: Parameter) => world.real(example, name);
  const body = requestBody && realBody(requestBody.content["application/json"].example, world);
  return {
    url,
    method,
    path: pathOf(operation, valueFor),
    token,
    contentType: body === undefined ? null : "application/json",
    headers: headersOf(operation, valueFor),
    body: body === undefined ? null : JSON.stringify(body),
  };
}

/** Requests in which some things are as they should be, and others are not. */
export function mutatedRequests(operation: Operation, world: World): fc.Arbitrary<ContractRequest> {
  const { url, method, parameters } = operation;
  const values = fc.tuple(...parameters.map((parameter) => parameterValue(parameter, world)));
  return fc
    .record({
      values,
      extraQuery: fc.oneof({ weight: 4, arbitrary: fc.constant("") }, fc.constantFrom(...oddQueries)),
      token: fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...tokensOf(operation)) },
        fc.constantFrom(...Object.keys(world.tokens)),
      ),
      sent: method === "GET" ? fc.constant({ contentType: null, body: null }) : sentBody(operation, world),
    })
    .map(({ values: given, extraQuery, token, sent }) => {
      const byName = new Map(parameters.map(({ name }, index) => [name, given[index] ?? null]));
      const valueFor = ({ name }: Parameter) => byName.get(name) ?? null;
      const path = pathOf(operation, valueFor);
      const extra = path.includes("?") ? extraQuery.replace("?", "&") : extraQuery;
      return {
        url,
        method,
        path: `${path}${extra}`,
        token,
        headers: headersOf(operation, valueFor),
        ...sent,
      };
    });
}

const oddQueries = ["?x=1", "?__proto__=1", "?&&==", "?limit=1&limit=2", "?%00=%zz"];

/** The names of the tokens an operation takes; one that takes any takes none. */
export function tokensOf({ security }: Operation): readonly string[] {
  return security.length === 0 ? ["none"] : security.flatMap(({ bearer = ["none"] }) => bearer);
}

function pathOf(operation: Operation, valueFor: (parameter: Parameter) => unknown): string {
  const ofPath = operation.parameters.filter((parameter) => parameter.in === "path");
  const path = ofPath.reduce(
    (text, parameter) =>
      text.replace(`{${parameter.name}}`, encodeURIComponent(String(valueFor(parameter) ?? ""))),
    operation.path,
  );
  const query = operation.parameters
    .filter((parameter) => parameter.in === "query")
    .map((parameter) => [parameter.name, valueFor(parameter)] as const)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

function headersOf(
  { parameters }: Operation,
  valueFor: (parameter: Parameter) => unknown,
): Record<string, string> {
  const given = parameters
    .filter((parameter) => parameter.in === "header")
    .map((parameter) => [parameter.name, valueFor(parameter)] as const)
    .filter(([, value]) => value !== null && value !== undefined);
  // What a header cannot carry never leaves a client.
  return Object.fromEntries(given.map(([name, value]) => [name, String(value).replaceAll(/[^ -~]/g, "?")]));
}

const oddTexts = [
  "",
  " ",
  "0",
  "-1",
  "NaN",
  "Infinity",
  "1e400",
  "99999999999999999999",
  "null",
  "undefined",
  "[object Object]",
  "..",
  "../../etc/passwd",
  "%",
  "a\u0000b",
  "\ud800",
  "💥",
  "'; DROP TABLE matches; --",
  "__proto__",
  "match_",
  "match_unknown",
  "player_unknown",
  "ticket_unknown",
  "server_unknown",
  "x".repeat(65),
  "x".repeat(500),
];

function parameterValue({ name, example }: Parameter, world: World): fc.Arbitrary<string | null> {
  const real = world.real(example, name);
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(real === undefined ? null : String(real)) },
    { weight: 2, arbitrary: fc.constantFrom(...oddTexts.filter(isEncodable)) },
    { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function isEncodable(text: string): boolean {
  return text.isWellFormed();
}

const deep = `${"[".repeat(4_000)}${"]".repeat(4_000)}`;
const deepObject = `${'{"a":'.repeat(1_500)}1${"}".repeat(1_500)}`;
const oddBodies = [
  "",
  "{",
  "null",
  "[]",
  "7",
  "NaN",
  '"text"',
  '{"a":1}',
  '{"__proto__":{"admin":true}}',
  deep,
  deepObject,
];
const oddTypes = [
  "text/plain",
  "text/xml",
  "application/jsonx",
  "multipart/form-data",
  "x",
  "application/json; charset=utf-7",
];

function sentBody(operation: Operation, world: World) {
  const { requestBody } = operation;
  const example =
    requestBody === undefined ? {} : realBody(requestBody.content["application/json"].example, world);
  const wellFormed = fc.constant({ contentType: "application/json", body: JSON.stringify(example) });
  const changed = mutatedJson(example).map((body) => ({ contentType: "application/json", body }));
  const odd = fc.constantFrom(...oddBodies).map((body) => ({ contentType: "application/json", body }));
  const typed = fc
    .constantFrom(...oddTypes)
    .map((contentType) => ({ contentType, body: JSON.stringify(example) }));
  const none = fc.constant({ contentType: null, body: null });
  return fc.oneof(
    { weight: 2, arbitrary: wellFormed },
    { weight: 6, arbitrary: changed },
    { weight: 2, arbitrary: odd },
    { weight: 1, arbitrary: typed },
    { weight: 1, arbitrary: none },
  );
}

function realBody(value: unknown, world: World, name = ""): unknown {
  if (typeof value !== "object" || value === null) return world.real(value, name);
  if (Array.isArray(value)) return value.map((item) => realBody(item, world));
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, realBody(held, world, key)]));
}
