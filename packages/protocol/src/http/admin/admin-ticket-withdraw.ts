import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { position, reason } from "./admin-fields.ts";

export const adminTicketWithdraw = defineRoute({
  name: "admin-ticket-withdraw",
  method: "DELETE",
  path: "/admin/v1/tickets/:id",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "Ends a ticket that waits. Its players are told that it was closed, and may queue again.",
  params: sent(strictObject({ id: id("The ticket.") }), { id: "ticket_abc" }),
  query: sent(strictObject({ reason }), { reason: "The mode closes." }),
  body: null,
  status: 200,
  answer: strictObject({ ticket_id: id("The ticket."), position }),
  example: { ticket_id: "ticket_abc", position: 80_212 },
  failures: ["TICKET_NOT_WAITING", "INVALID_CONFIGURATION", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
