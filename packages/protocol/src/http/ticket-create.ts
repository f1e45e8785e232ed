import { type Static, Type } from "typebox";
import { queueEnter } from "../messages/client/queue-enter.ts";
import { amount, named } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { keyRequired } from "./parts/idempotency-key.ts";
import { ticket, waitingTicket } from "./parts/ticket.ts";
import { defineRoute, sent } from "./route-definition.ts";

const { game_type: _, ...wishes } = queueEnter.data.properties;

const body = strictObject({
  mode: Type.Optional(named("The mode; without it the first of `modes`, and without these what you prefer.")),
  ...wishes,
  wager: Type.Optional(amount("The stake, in the place of its tier's name.")),
});

export const ticketCreate = defineRoute({
  name: "ticket-create",
  method: "POST",
  path: "/api/v1/tickets",
  listener: "public",
  tag: "tickets",
  roles: ["player"],
  since: 2,
  description:
    "Makes a ticket: the wish to play one or more modes, as `queue.enter` does. The same `Idempotency-Key` with the " +
    "same body answers the same ticket as it is then, on whichever node; with another body it is `ID_REUSED`. Ask " +
    "for the ticket again within 15 s, and so on: who is silent for longer has left.",
  params: null,
  query: null,
  body: sent(body, { mode: "code_duel", stake_tier: "bronze" }),
  headers: keyRequired,
  status: 201,
  answer: ticket,
  example: waitingTicket,
  otherAnswers: [
    {
      status: 200,
      description: "The ticket was made before, by the same request.",
      answer: ticket,
      example: waitingTicket,
    },
  ],
  failures: [
    ...queueEnter.failures.filter((code) => code !== "STALE_EPOCH"),
    "ID_REUSED",
    "REPEATED",
    "DRAINING",
  ],
});

/** The wish to play, as it is sent over HTTP. */
export type TicketRequest = Static<typeof body>;
