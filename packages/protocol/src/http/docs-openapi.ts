import { Type } from "typebox";
import { defineRoute } from "./route-definition.ts";

const answer = Type.Object({
  openapi: Type.String({ title: "version", description: "The version of the format." }),
  info: Type.Object({ title: Type.String(), version: Type.String() }, { description: "What it describes." }),
  paths: Type.Record(Type.String(), Type.Unknown(), {
    title: "operations by path",
    description: "Every route.",
  }),
});

export const docsOpenapi = defineRoute({
  name: "docs-openapi",
  method: "GET",
  path: "/docs/openapi.json",
  listener: "public",
  tag: "documentation",
  roles: ["anyone"],
  since: 2,
  description: "The HTTP interface for programs: OpenAPI 3.1.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer,
  example: { openapi: "3.1.1", info: { title: "MatchForge", version: "0.1.0" }, paths: {} },
  failures: [],
});
