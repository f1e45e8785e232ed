import { createHash } from "node:crypto";
import {
  clientEnvelope,
  clientMessageDefinitions,
  problemSchema,
  type RouteDefinition,
  routeDefinitions,
  serverEnvelope,
  serverMessageDefinitions,
} from "../../packages/protocol/src/schemas.ts";

/** Words for people: changing them changes nothing on the wire. */
const annotations = new Set(["title", "description"]);

/** SHA-256 over every schema of the wire, whatever the order of its keys. */
export function schemaHash(): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(wireSchemas())))
    .digest("hex");
}

/** Everything two sides of the wire must agree on. */
function wireSchemas(): object {
  const client = clientMessageDefinitions.map(({ type, data, reply }) => ({
    schema: clientEnvelope(type, data),
    reply,
  }));
  const server = serverMessageDefinitions.map(({ type, data }) => serverEnvelope(type, data));
  const definitions: readonly RouteDefinition[] = routeDefinitions;
  const routes = definitions.map(({ method, path, status, answer, otherAnswers, mediaType, ...asked }) => ({
    method,
    path,
    params: asked.params?.schema ?? null,
    query: asked.query?.schema,
    body: asked.body?.schema,
    headers: asked.headers?.schema,
    status,
    answer,
    otherAnswers: otherAnswers?.map((other) => ({ status: other.status, answer: other.answer })),
    mediaType,
  }));
  return { client, server, routes, problemSchema };
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, entry]) => !(annotations.has(key) && typeof entry === "string"))
    .map(
      ([key, entry]) =>
        [key, key === "required" ? [...(entry as string[])].sort() : canonical(entry)] as const,
    )
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries);
}
