import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const queueLeave = defineClientMessage({
  type: "queue.leave",
  since: 1,
  description: "Withdraws the player's waiting ticket.",
  reply: "ok",
  failures: ["NOT_IN_QUEUE", "TICKET_NOT_WAITING", "STALE_EPOCH"],
  data: strictObject({}),
  example: {},
});
