import { id } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { keyOptional } from "./parts/idempotency-key.ts";
import { cancelledTicket, ticket } from "./parts/ticket.ts";
import { defineRoute, sent } from "./route-definition.ts";

export const ticketCancel = defineRoute({
  name: "ticket-cancel",
  method: "DELETE",
  path: "/api/v1/tickets/:id",
  listener: "public",
  tag: "tickets",
  roles: ["player"],
  since: 2,
  description:
    "Takes one of your tickets back; again, it changes nothing. A ticket for which a match was found is `INVALID_STATE`: " +
    "decline or abandon the match instead.",
  params: sent(strictObject({ id: id("The ticket.") }), { id: "ticket_abc123" }),
  query: null,
  body: null,
  headers: keyOptional,
  status: 200,
  answer: ticket,
  example: cancelledTicket,
  failures: ["TICKET_NOT_FOUND", "INVALID_STATE", "ID_REUSED", "DRAINING"],
});
