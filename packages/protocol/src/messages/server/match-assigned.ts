import { id, nullable, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";
import { matchTicketText, serverAddress } from "../parts/assignment.ts";

export const matchAssigned = defineServerMessage({
  type: "match.assigned",
  since: 2,
  delivery: "event",
  description:
    "The match has a game server: where it is, and the player's own pass to it. Sent anew with another server, and with `session.sync`.",
  data: strictObject({
    match_id: id("The match."),
    server_addr: serverAddress,
    match_ticket: nullable(matchTicketText),
    expires_at: timeMs("Until when the match ticket is good."),
  }),
  example: {
    match_id: "match_abc123",
    server_addr: "203.0.113.7:7777",
    match_ticket: "eyJhbGciOiJIUzI1NiIsInR5cCI6Im1hdGNoLXRpY2tldCtqd3QifQ.e30.c2lnbmF0dXJl",
    expires_at: 1706025660000,
  },
});
