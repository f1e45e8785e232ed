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
  name: "readiness",
  method: "GET",
  path: "/readyz",
  listener: "public",
  tag: "operations",
  roles: ["anyone"],
  since: 1,
  description: "Whether this node takes players; a load balancer asks this.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer,
  example: {
    status: "ready",
    checks: [
      { name: "log", is_ok: true },
      { name: "replica", is_ok: true, detail: "2 ms behind" },
    ],
  },
  otherAnswers: [
    {
      status: 503,
      description: "The node takes no players now; `checks` says why.",
      answer,
      example: {
        status: "not_ready",
        checks: [{ name: "serving", is_ok: false, detail: "draining" }],
      },
    },
  ],
  failures: [],
});

/** Whether this node takes players. */
export type Readiness = Static<typeof answer>;
