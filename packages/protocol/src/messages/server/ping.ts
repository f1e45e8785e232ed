import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const ping = defineServerMessage({
  type: "ping",
  since: 1,
  delivery: "frame",
  description: "Asks whether the client is there; a `pong` is due within five seconds.",
  data: strictObject({}),
  example: {},
});
