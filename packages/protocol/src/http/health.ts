import { type Static, Type } from "typebox";
import { sentence } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { defineRoute } from "./route-definition.ts";

const answer = strictObject({
  status: Type.Literal("ok", { title: '"ok"', description: "The process runs." }),
  version: sentence("The build that runs."),
});

export const health = defineRoute({
  name: "health",
  method: "GET",
  path: "/healthz",
  listener: "public",
  tag: "operations",
  roles: ["anyone"],
  since: 1,
  description: "Whether the process runs; to be restarted if it does not answer.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer,
  example: { status: "ok", version: "0.1.0" },
  failures: [],
});

/** Whether the process runs. */
export type Health = Static<typeof answer>;
