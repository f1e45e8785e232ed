import { Type } from "typebox";
import { id } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { ticketVersion } from "./parts/ticket.ts";
import { defineRoute, sent } from "./route-definition.ts";

/** The header with which a stream is taken up again. */
export const lastEventId = sent(
  strictObject({ "last-event-id": Type.Optional(ticketVersion("The last `id` you know.")) }),
  { "last-event-id": "1042.3.25" },
);

export const ticketEvents = defineRoute({
  name: "ticket-events",
  method: "GET",
  path: "/api/v1/tickets/:id/events",
  listener: "public",
  tag: "tickets",
  roles: ["player"],
  since: 2,
  description:
    "The same as a stream of Server-Sent Events: each `update` has a ticket's version as its id and the whole ticket as " +
    "its data. A stream ends with its ticket, and now and then before it: connect again with `Last-Event-ID`, which " +
    "also says what you have read.",
  params: sent(strictObject({ id: id("The ticket.") }), { id: "ticket_abc123" }),
  query: null,
  body: null,
  headers: lastEventId,
  status: 200,
  mediaType: "text/event-stream",
  answer: Type.String({ title: "stream of events", description: "One `update` for each version." }),
  example:
    'retry: 1000\n\nid: 1055\nevent: update\ndata: {"ticket_id":"ticket_abc123","state":"ended","version":"1055"}\n\n',
  otherAnswers: [
    {
      status: 204,
      description: "The ticket has ended, and you know how: there is nothing to connect for.",
      answer: null,
      example: null,
    },
  ],
  failures: ["TICKET_NOT_FOUND", "POOL_FULL", "DRAINING", "UNKNOWN_FIELD"],
});
