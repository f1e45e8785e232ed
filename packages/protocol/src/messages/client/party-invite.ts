import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const partyInvite = defineClientMessage({
  type: "party.invite",
  since: 2,
  description: "The leader invites a player, who is told by `party.invitation`.",
  reply: "party.update",
  failures: ["PARTY_NOT_FOUND", "PLAYER_NOT_FOUND", "PARTY_FULL", "INVALID_PARTY_OPERATION", "STALE_EPOCH"],
  data: strictObject({ party_id: id("The party."), player_id: id("Whom to invite.") }),
  example: { party_id: "party_abc123", player_id: "player_bob" },
});
