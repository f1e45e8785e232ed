import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const partyPromote = defineClientMessage({
  type: "party.promote",
  since: 2,
  description: "The leader hands over to another member.",
  reply: "party.update",
  failures: ["PARTY_NOT_FOUND", "PLAYER_NOT_FOUND", "INVALID_PARTY_OPERATION", "STALE_EPOCH"],
  data: strictObject({ party_id: id("The party."), player_id: id("The member to lead it.") }),
  example: { party_id: "party_abc123", player_id: "player_bob" },
});
