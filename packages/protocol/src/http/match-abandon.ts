import { keyOptional } from "./parts/idempotency-key.ts";
import { matchParams, matchStep, matchStepExample, matchStepFailures } from "./parts/match-step.ts";
import { defineRoute } from "./route-definition.ts";

export const matchAbandonRoute = defineRoute({
  name: "match-abandon",
  method: "POST",
  path: "/api/v1/matches/:id/abandon",
  listener: "public",
  tag: "matches",
  roles: ["player"],
  since: 2,
  description: "Leaves a match: before play it is called off, as by declining; in play it is forfeited.",
  params: matchParams,
  query: null,
  body: null,
  headers: keyOptional,
  status: 200,
  answer: matchStep,
  example: { ...matchStepExample, state: "RESOLVED" },
  failures: matchStepFailures,
});
