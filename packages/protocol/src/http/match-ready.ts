import { flag } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { keyOptional } from "./parts/idempotency-key.ts";
import { matchParams, matchStep, matchStepExample, matchStepFailures } from "./parts/match-step.ts";
import { defineRoute, sent } from "./route-definition.ts";

export const matchReadyRoute = defineRoute({
  name: "match-ready",
  method: "POST",
  path: "/api/v1/matches/:id/ready",
  listener: "public",
  tag: "matches",
  roles: ["player"],
  since: 2,
  description:
    "Answers a ready check, as `match.ready` does: whoever declines ends the match and their ticket.",
  params: matchParams,
  query: null,
  body: sent(strictObject({ accept: flag("Whether you take part.") }), { accept: true }),
  headers: keyOptional,
  status: 200,
  answer: matchStep,
  example: matchStepExample,
  failures: [...matchStepFailures],
});
