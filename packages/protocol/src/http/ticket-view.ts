import { Type } from "typebox";
import { id } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { assignedTicket, ticket, ticketVersion } from "./parts/ticket.ts";
import { defineRoute, sent } from "./route-definition.ts";

const query = strictObject({
  wait: Type.Optional(
    Type.String({
      pattern: "^(30|[12]?[0-9])$",
      title: "whole number from 0 to 30",
      description: "For how many seconds at most to hold the answer back until there is news; without it 0.",
    }),
  ),
  since: Type.Optional(
    ticketVersion("The `version` you know: news is what came later. It also says that you have read it."),
  ),
});

export const ticketView = defineRoute({
  name: "ticket-view",
  method: "GET",
  path: "/api/v1/tickets/:id",
  listener: "public",
  tag: "tickets",
  roles: ["player"],
  since: 2,
  description:
    "How one of your tickets stands: while it waits, through the whole life of its match, and for some minutes after " +
    "it has ended. With `wait` and `since` the answer comes when there is news. Asking is presence: whoever asks for " +
    "nothing for 15 s has left.",
  params: sent(strictObject({ id: id("The ticket.") }), { id: "ticket_abc123" }),
  query: sent(query, { wait: "0", since: "1042.3.25" }),
  body: null,
  status: 200,
  answer: ticket,
  example: assignedTicket,
  failures: ["TICKET_NOT_FOUND", "POOL_FULL", "DRAINING"],
});
