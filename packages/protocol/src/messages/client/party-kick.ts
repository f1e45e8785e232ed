import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const partyKick = defineClientMessage({
  type: "party.kick",
  since: 2,
  description: "The leader sends another member away, which takes the party's waiting ticket back.",
  reply: "party.update",
  failures: [
    "PARTY_NOT_FOUND",
    "PLAYER_NOT_FOUND",
    "INVALID_PARTY_OPERATION",
    "INVALID_STATE",
    "STALE_EPOCH",
  ],
  data: strictObject({ party_id: id("The party."), player_id: id("The member to send away.") }),
  example: { party_id: "party_abc123", player_id: "player_bob" },
});
