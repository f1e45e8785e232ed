import { id, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { position, reason } from "./admin-fields.ts";

export const adminMatchClose = defineRoute({
  name: "admin-match-close",
  method: "POST",
  path: "/admin/v1/matches/:id/close",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description:
    "Ends a match that has no result: before play it is cancelled, in play it is void. Every stake goes back, " +
    "nobody's rating moves, nobody is blamed.",
  params: sent(strictObject({ id: id("The match.") }), { id: "match_abc123" }),
  query: null,
  body: sent(strictObject({ reason }), { reason: "The tournament's host has lost power." }),
  status: 200,
  answer: strictObject({
    match_id: id("The match."),
    state: oneOf(["CANCELLED", "VOIDED"], "How it ended."),
    position,
  }),
  example: { match_id: "match_abc123", state: "VOIDED", position: 80_212 },
  failures: ["MATCH_NOT_FOUND", "INVALID_STATE", "INVALID_CONFIGURATION", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
