import { Type } from "typebox";
import { defineRoute } from "./route-definition.ts";

export const home = defineRoute({
  name: "home",
  method: "GET",
  path: "/",
  listener: "public",
  tag: "operations",
  roles: ["anyone"],
  since: 2,
  description: "A page for whoever opens the server in a browser.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer: Type.String({ title: "HTML" }),
  mediaType: "text/html",
  example: "<!doctype html>…",
  failures: [],
});
