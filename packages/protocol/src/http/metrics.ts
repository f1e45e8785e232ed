import { Type } from "typebox";
import { defineRoute } from "./route-definition.ts";

export const metrics = defineRoute({
  name: "metrics",
  method: "GET",
  path: "/metrics",
  listener: "public",
  tag: "operations",
  roles: ["anyone"],
  since: 1,
  description: "What this node counts and measures, as text that Prometheus reads.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer: Type.String({ title: "text of Prometheus" }),
  mediaType: "text/plain",
  example: "matchforge_log_position 4711\n",
  failures: [],
});
