import type { RequestPart, RouteDefinition } from "@matchforge/protocol/schemas";
import { problemResponse, problemsByStatus, sharedResponse } from "./problem-responses.ts";

/** What a schema says of itself to people. */
interface Described {
  readonly description?: string;
}

/** A route as an operation of an OpenAPI document. */
export function openApiOperation(route: RouteDefinition) {
  const { name, tag, description, params, query, headers, body } = route;
  return {
    operationId: name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary: `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("-", " ")}`,
    description,
    tags: [tag],
    security: securityOf(route),
    "x-since-protocol-version": route.since,
    parameters: [
      ...parametersIn("path", params),
      ...parametersIn("query", query),
      ...parametersIn("header", headers),
    ],
    ...(body !== null && { requestBody: requestBodyOf(body) }),
    responses: responsesOf(route),
  };
}

/** Which tokens let somebody in; the empty requirement says that none does, too. */
function securityOf({ roles }: RouteDefinition) {
  if (roles.every((role) => role === "anyone")) return [];
  return roles.map((role) => (role === "anyone" ? {} : { bearer: [role] }));
}

function parametersIn(place: "path" | "query" | "header", part: RequestPart | null | undefined) {
  const { properties = {} } = part?.schema ?? {};
  const required: readonly string[] = part?.schema.required ?? [];
  const examples = (part?.example ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    description: (schema as Described).description ?? "",
    required: required.includes(name),
    schema,
    ...(examples[name] !== undefined && { example: examples[name] }),
  }));
}

function requestBodyOf({ schema, example }: RequestPart) {
  const isRequired = (schema.required ?? []).length > 0;
  return { required: isRequired, content: { "application/json": { schema, example } } };
}

function responsesOf(route: RouteDefinition): Readonly<Record<string, object>> {
  const { status, answer, example, mediaType = "application/json", otherAnswers = [] } = route;
  const problems = problemsByStatus(route);
  const shared = [...problems].map(([refused, group]) => [refused, sharedResponse(group)]);
  const answers = [{ status, answer, example, description: "Success." }, ...otherAnswers].map((one) => {
    const group = problems.get(one.status);
    const refused = group === undefined ? undefined : problemResponse(one.status, group);
    const content = {
      ...(one.answer !== null && { [mediaType]: { schema: one.answer, example: one.example } }),
      ...refused?.content,
    };
    const response = {
      description: refused === undefined ? one.description : `${one.description} Or: ${refused.description}`,
      headers: { "x-request-id": { $ref: "#/components/headers/RequestId" }, ...refused?.headers },
      ...(Object.keys(content).length > 0 && { content }),
    };
    return [one.status, response];
  });
  return Object.fromEntries([...shared, ...answers]);
}
