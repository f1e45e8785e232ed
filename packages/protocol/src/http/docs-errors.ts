import { Type } from "typebox";
import { defineRoute } from "./route-definition.ts";

export const docsErrors = defineRoute({
  name: "docs-errors",
  method: "GET",
  path: "/docs/errors",
  listener: "public",
  tag: "documentation",
  roles: ["anyone"],
  since: 2,
  description: "Every error code: what happened, and what to do about it.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer: Type.String({ title: "HTML" }),
  mediaType: "text/html",
  example: "<!doctype html>…",
  failures: [],
});
