import { count, id, nullable, oneOf, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { sessionStates } from "../../vocabulary.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, longName, next, pageQueryOf, truth } from "./admin-fields.ts";

const session = strictObject({
  player_id: id("The player."),
  is_guest: truth("Whether they are a guest."),
  state: oneOf(sessionStates, "What they are doing; `disconnecting`: they are away."),
  node: nullable(longName("The node that holds, or held last, their connection; null: none ever did.")),
  epoch: count("Names the connection: a newer one has a greater one; 0 while they are away."),
  since: nullable(timeMs("When their ticket or match began; null without one.")),
  ticket_id: nullable(id("Their ticket; null: none.")),
  match_id: nullable(id("Their match; null: none.")),
});

export const adminSessions = defineRoute({
  name: "admin-sessions",
  method: "GET",
  path: "/admin/v1/sessions",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "Everybody who is connected to any node, or has a ticket or match that waits for them, by id.",
  params: null,
  query: sent(pageQueryOf("sessions"), { limit: "50" }),
  body: null,
  status: 200,
  answer: strictObject({ sessions: listOf(session, "By player."), next }),
  example: {
    sessions: [
      {
        player_id: "player_xyz",
        is_guest: false,
        state: "in_queue",
        node: "node-1/0199c2",
        epoch: 812,
        since: 1_706_025_600_250,
        ticket_id: "ticket_abc",
        match_id: null,
      },
    ],
    next: "player_xyz",
  },
  failures: [],
});
