import { id, number, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, longName, next, pageQueryOf, truth } from "./admin-fields.ts";

const ticket = strictObject({
  ticket_id: id("The ticket."),
  players: listOf(id("A player."), "Its players."),
  rating: number("Its rating in this pool."),
  waited_secs: seconds("How long it has waited."),
  is_away: truth("Whether a player of it is away: it keeps its place, and is not matched."),
});

export const adminPoolTickets = defineRoute({
  name: "admin-pool-tickets",
  method: "GET",
  path: "/admin/v1/pools/:key/tickets",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "The tickets that wait in a pool, in the order in which they are served.",
  params: sent(strictObject({ key: longName("The pool.") }), { key: "code_duel:gold" }),
  query: sent(pageQueryOf("tickets"), { limit: "50" }),
  body: null,
  status: 200,
  answer: strictObject({ tickets: listOf(ticket, "The one served first comes first."), next }),
  example: {
    tickets: [
      { ticket_id: "ticket_abc", players: ["player_xyz"], rating: 1_247, waited_secs: 12.5, is_away: false },
    ],
    next: null,
  },
  failures: ["QUEUE_NOT_FOUND"],
});
