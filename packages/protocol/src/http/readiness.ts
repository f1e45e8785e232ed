import { type Static, Type } from "typebox";
import { named, oneOf, sentence } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { defineRoute } from "./route-definition.ts";

const answer = strictObject({
  status: oneOf(
    ["ready", "not_ready"],
    "Whether new connections may come here; `not_ready` answers with 503.",
  ),
  checks: Type.Array(
    strictObject({
      name: named("What was looked at."),
      is_ok: Type.Boolean({ title: "true or false", description: "Whether it is as it should be." }),
      detail: Type.Optional(sentence("What was found.")),
    }),
    { maxItems: 32, title: "list of checks", description: "What the answer rests on." },
  ),
});

export const readiness = defineRoute({
  method: "GET",
  path: "/readyz",
  since: 1,
  description: "Whether this node takes players; a load balancer asks this.",
  params: null,
  status: 200,
  answer,
  example: {
    status: "ready",
    checks: [
      { name: "log", is_ok: true },
      { name: "replica", is_ok: true, detail: "2 ms behind" },
    ],
  },
  failures: [],
});

/** Whether this node takes players. */
export type Readiness = Static<typeof answer>;
