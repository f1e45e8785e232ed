import { matchParams } from "../parts/match-step.ts";
import { resultBody } from "../parts/result.ts";
import { defineRoute } from "../route-definition.ts";

export const matchStanding = defineRoute({
  name: "match-standing",
  method: "POST",
  path: "/api/v1/matches/:id/standing",
  listener: "public",
  tag: "servers",
  roles: ["match"],
  since: 2,
  description:
    "How the game stands, for the case that its server is lost: where the mode says so, the newest standing then decides. At most one a second counts.",
  params: matchParams,
  query: null,
  body: resultBody,
  status: 204,
  answer: null,
  example: null,
  failures: [
    "MATCH_NOT_FOUND",
    "INVALID_STATE",
    "INVALID_RESULT",
    "STALE_EPOCH",
    "LEVEL_NOT_SUPPORTED",
    "DRAINING",
  ],
});
