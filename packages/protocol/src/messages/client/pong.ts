import { Type } from "typebox";
import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const pong = defineClientMessage({
  type: "pong",
  since: 1,
  description: "Answers a ping, and says how far the client has come; it may carry the ping's id.",
  reply: null,
  failures: [],
  data: strictObject({
    last_event: Type.Optional(
      id("The newest event the client has seen; a client that is behind gets a `session.sync`."),
    ),
  }),
  example: { last_event: "event_4711" },
});
