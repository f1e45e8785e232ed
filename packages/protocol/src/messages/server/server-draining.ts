import { milliseconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const serverDraining = defineServerMessage({
  type: "server.draining",
  since: 1,
  delivery: "frame",
  description:
    "This node is about to stop; tickets and matches live on, and wait for their players elsewhere.",
  data: strictObject({
    reconnect_after_ms: milliseconds("How long to wait before connecting again."),
  }),
  example: { reconnect_after_ms: 1200 },
});
