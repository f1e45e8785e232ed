import { count, id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const matchReadyUpdate = defineServerMessage({
  type: "match.ready_update",
  since: 1,
  delivery: "event",
  description: "Somebody accepted the match.",
  data: strictObject({
    match_id: id("The match."),
    ready: count("Players who have accepted."),
    total: count("Players who have to."),
  }),
  example: { match_id: "match_abc123", ready: 1, total: 2 },
});
