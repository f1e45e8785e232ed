import { Type } from "typebox";
import { defineRoute } from "./route-definition.ts";

const answer = Type.Object({
  asyncapi: Type.String({ title: "version", description: "The version of the format." }),
  info: Type.Object({ title: Type.String(), version: Type.String() }, { description: "What it describes." }),
  channels: Type.Record(Type.String(), Type.Unknown(), {
    title: "channels by name",
    description: "Every socket.",
  }),
});

export const docsAsyncapi = defineRoute({
  name: "docs-asyncapi",
  method: "GET",
  path: "/docs/asyncapi.json",
  listener: "public",
  tag: "documentation",
  roles: ["anyone"],
  since: 2,
  description: "The socket for programs: AsyncAPI 3.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer,
  example: { asyncapi: "3.0.0", info: { title: "MatchForge", version: "0.1.0" }, channels: {} },
  failures: [],
});
