import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const matchTicket = defineClientMessage({
  type: "match.ticket",
  since: 2,
  description: "Asks for a fresh match ticket; the one before is worth nothing from here on.",
  reply: "match.assigned",
  failures: ["MATCH_NOT_FOUND", "PLAYER_NOT_IN_MATCH", "INVALID_STATE", "STALE_EPOCH"],
  data: strictObject({ match_id: id("The match.") }),
  example: { match_id: "match_abc123" },
});
