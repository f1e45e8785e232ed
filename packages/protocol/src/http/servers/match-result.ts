import { flag, id, nullable, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { matchStates } from "../../vocabulary.ts";
import { matchParams } from "../parts/match-step.ts";
import { resultBody } from "../parts/result.ts";
import { defineRoute } from "../route-definition.ts";

export const matchResult = defineRoute({
  name: "match-result",
  method: "POST",
  path: "/api/v1/matches/:id/result",
  listener: "public",
  tag: "servers",
  roles: ["match", "player"],
  since: 2,
  description:
    "The result of a game played elsewhere: by its server, with the credential of the match, or, in modes without servers, by each of its players, whose reports must agree. The same result again is answered alike.",
  params: matchParams,
  query: null,
  body: resultBody,
  status: 200,
  answer: strictObject({
    match_id: id("The match."),
    state: nullable(oneOf(matchStates, "The state it is in; null once it is over and forgotten here.")),
    is_decided: flag("Whether the result stands; of players' reports others may be outstanding."),
  }),
  example: { match_id: "match_abc123", state: "RESOLVED", is_decided: true },
  failures: [
    "MATCH_NOT_FOUND",
    "PLAYER_NOT_IN_MATCH",
    "INVALID_STATE",
    "INVALID_RESULT",
    "STALE_EPOCH",
    "LEVEL_NOT_SUPPORTED",
    "DRAINING",
  ],
});
