import { matchParams } from "../parts/match-step.ts";
import { defineRoute } from "../route-definition.ts";

export const matchHeartbeat = defineRoute({
  name: "match-heartbeat",
  method: "POST",
  path: "/api/v1/matches/:id/heartbeat",
  listener: "public",
  tag: "servers",
  roles: ["match"],
  since: 2,
  description:
    "Says that a server lives that an outside allocator has lent for this match. Once it has said so, a silence of 15 s means that it is lost.",
  params: matchParams,
  query: null,
  body: null,
  status: 204,
  answer: null,
  example: null,
  failures: ["MATCH_NOT_FOUND", "INVALID_STATE", "STALE_EPOCH", "DRAINING"],
});
