import { strictObject } from "../../schema/strict-object.ts";
import { matchParams } from "../parts/match-step.ts";
import { roster, rosterExample } from "../parts/server.ts";
import { defineRoute } from "../route-definition.ts";

export const matchRoster = defineRoute({
  name: "match-roster",
  method: "GET",
  path: "/api/v1/matches/:id/roster",
  listener: "public",
  tag: "servers",
  roles: ["match"],
  since: 2,
  description: "Who plays a match, for its server: by the credential of the match.",
  params: matchParams,
  query: null,
  body: null,
  status: 200,
  answer: strictObject(roster),
  example: rosterExample,
  failures: ["MATCH_NOT_FOUND", "INVALID_STATE", "STALE_EPOCH"],
});
