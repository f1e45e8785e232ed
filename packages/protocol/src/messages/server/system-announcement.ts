import { oneOf, sentence } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const systemAnnouncement = defineServerMessage({
  type: "system.announcement",
  since: 1,
  delivery: "frame",
  description: "A word from the operator to everybody.",
  data: strictObject({
    message: sentence("The announcement."),
    severity: oneOf(["info", "warning"], "Whether it calls for attention."),
  }),
  example: { message: "Maintenance at 22:00 UTC; running matches go on.", severity: "info" },
});
