import { type RouteDefinition, routeDefinitions } from "../../packages/protocol/src/schemas.ts";
import { asyncApiDocument } from "../../packages/server/src/http/docs/async-api-document.ts";
import { openApiDocument } from "../../packages/server/src/http/docs/open-api-document.ts";
import { errorReference } from "./error-reference.ts";

/** What is generated into docs/reference, by file name; null for a file that is not to be there. */
export function apiFiles(): Readonly<Record<string, string | null>> {
  const routes: readonly RouteDefinition[] = routeDefinitions;
  const hasAdminRoutes = routes.some(({ listener }) => listener === "admin");
  return {
    "openapi.json": pretty(openApiDocument("public")),
    "openapi-admin.json": hasAdminRoutes ? pretty(openApiDocument("admin")) : null,
    "asyncapi.json": pretty(asyncApiDocument()),
    "errors.md": errorReference(),
  };
}

function pretty(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
