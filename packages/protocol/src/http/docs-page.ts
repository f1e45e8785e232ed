import { Type } from "typebox";
import { defineRoute } from "./route-definition.ts";

export const docsPage = defineRoute({
  name: "docs-page",
  method: "GET",
  path: "/docs",
  listener: "public",
  tag: "documentation",
  roles: ["anyone"],
  since: 2,
  description: "This reference of the HTTP interface, as a page to read and to try it.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer: Type.String({ title: "HTML" }),
  mediaType: "text/html",
  example: "<!doctype html>…",
  failures: [],
});
