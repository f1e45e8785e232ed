import { Type } from "typebox";
import { fraction } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { keyOptional } from "./parts/idempotency-key.ts";
import { matchParams, matchStep, matchStepExample, matchStepFailures } from "./parts/match-step.ts";
import { defineRoute, sent } from "./route-definition.ts";

export const matchLoadedRoute = defineRoute({
  name: "match-loaded-http",
  method: "POST",
  path: "/api/v1/matches/:id/loaded",
  listener: "public",
  tag: "matches",
  roles: ["player"],
  since: 2,
  description: "Says that you have loaded the match, or, for the others to see, how much of it.",
  params: matchParams,
  query: null,
  body: sent(
    strictObject({ progress: Type.Optional(fraction("How much is loaded; left out, everything.")) }),
    {
      progress: 1,
    },
  ),
  headers: keyOptional,
  status: 200,
  answer: matchStep,
  example: matchStepExample,
  failures: [...matchStepFailures],
});
