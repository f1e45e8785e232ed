import { VERSION } from "@matchforge/core";
import { problemMediaType } from "@matchforge/protocol";
import {
  type Listener,
  problemSchema,
  type RouteDefinition,
  routeDefinitions,
  routeTags,
} from "@matchforge/protocol/schemas";
import { openApiOperation } from "./open-api-operation.ts";
import { problemExamples, sharedResponses } from "./problem-responses.ts";

/**
 * The OpenAPI 3.1 document of a listener, made from the routes' definitions.
 *
 * @example
 * JSON.stringify(openApiDocument("public"));
 */
export function openApiDocument(listener: Listener) {
  const all: readonly RouteDefinition[] = routeDefinitions;
  const routes = all.filter((route) => route.listener === listener);
  return {
    openapi: "3.1.1",
    info: {
      title: listener === "public" ? "MatchForge" : "MatchForge for operators",
      version: VERSION,
      description: introductions[listener],
      license: { name: "MIT OR Apache-2.0", identifier: "MIT OR Apache-2.0" },
    },
    servers: [{ url: "/", description: "The node that serves this document." }],
    tags: tagsOf(routes),
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "A token of this shard; its role decides what it may do.",
        },
      },
      schemas: { Problem: problemSchema },
      responses: sharedResponses(routes),
      examples: problemExamples(routes),
      headers: {
        RequestId: {
          description: "Names the request; give it to the operator when you ask what became of it.",
          schema: { type: "string" },
          example: "request_019a0c5e5b7c7d3f8a1b2c3d4e5f6071",
        },
        RetryAfter: {
          description: "How many seconds to wait before the same request can succeed, where that is known.",
          schema: { type: "integer", minimum: 0 },
          example: 1,
        },
      },
    },
  };
}

const problemNote =
  `Whatever is refused is answered with a problem document (RFC 9457, \`${problemMediaType}\`) that carries a ` +
  "code of a closed list: [what each means, and what to do](/docs/errors).";

const introductions: Readonly<Record<Listener, string>> = {
  public:
    "From queue to settled result, over HTTP. Amounts of money are decimal text in the token's smallest unit, times " +
    `are ms since 1970 on the server's clock. ${problemNote} There is also [the socket](/docs/messages).`,
  admin: `What operators may do, on a listener of their own. ${problemNote}`,
};

function tagsOf(routes: readonly RouteDefinition[]) {
  const used = new Set<string>(routes.map(({ tag }) => tag));
  return Object.entries(routeTags)
    .filter(([name]) => used.has(name))
    .map(([name, description]) => ({ name, description }));
}

function pathsOf(routes: readonly RouteDefinition[]) {
  const paths: Record<string, Record<string, ReturnType<typeof openApiOperation>>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: openApiOperation(route) };
  }
  return paths;
}
