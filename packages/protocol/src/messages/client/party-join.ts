import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const partyJoin = defineClientMessage({
  type: "party.join",
  since: 2,
  description: "Takes up an invitation.",
  reply: "party.update",
  failures: ["PARTY_NOT_FOUND", "INVALID_PARTY_OPERATION", "INVALID_STATE", "STALE_EPOCH"],
  data: strictObject({ party_id: id("The party that invited the player.") }),
  example: { party_id: "party_abc123" },
});
