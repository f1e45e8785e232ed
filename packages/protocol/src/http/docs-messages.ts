import { Type } from "typebox";
import { defineRoute } from "./route-definition.ts";

export const docsMessages = defineRoute({
  name: "docs-messages",
  method: "GET",
  path: "/docs/messages",
  listener: "public",
  tag: "documentation",
  roles: ["anyone"],
  since: 2,
  description: "The messages of the socket, as a page to read.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer: Type.String({ title: "HTML" }),
  mediaType: "text/html",
  example: "<!doctype html>…",
  failures: [],
});
