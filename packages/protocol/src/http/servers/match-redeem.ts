import { matchTicketText } from "../../messages/parts/assignment.ts";
import { count, id, named, nullable } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { matchParams } from "../parts/match-step.ts";
import { defineRoute, sent } from "../route-definition.ts";

export const matchRedeem = defineRoute({
  name: "match-redeem",
  method: "POST",
  path: "/api/v1/matches/:id/redeem",
  listener: "public",
  tag: "servers",
  roles: ["match"],
  since: 2,
  description:
    "Takes a player's match ticket, once: of all who show it one is let in. By the credential of the match, at its own server alone.",
  params: matchParams,
  query: null,
  body: sent(strictObject({ match_ticket: matchTicketText }), {
    match_ticket: "eyJhbGciOiJIUzI1NiIsInR5cCI6Im1hdGNoLXRpY2tldCtqd3QifQ.e30.c2lnbmF0dXJl",
  }),
  status: 200,
  answer: strictObject({
    match_id: id("The match."),
    player_id: id("Whom to let in."),
    team: count("The player's team, from 0."),
    role: nullable(named("What the player plays; null in modes without roles.")),
  }),
  example: { match_id: "match_abc123", player_id: "player_xyz", team: 0, role: null },
  failures: [
    "MATCH_NOT_FOUND",
    "PLAYER_NOT_IN_MATCH",
    "INVALID_STATE",
    "STALE_EPOCH",
    "MATCH_TICKET_INVALID",
    "MATCH_TICKET_EXPIRED",
    "MATCH_TICKET_USED",
    "DRAINING",
  ],
});
