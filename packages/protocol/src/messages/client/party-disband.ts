import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const partyDisband = defineClientMessage({
  type: "party.disband",
  since: 2,
  description: "The leader ends the party, and its waiting ticket with it.",
  reply: "ok",
  failures: ["PARTY_NOT_FOUND", "INVALID_PARTY_OPERATION", "INVALID_STATE", "STALE_EPOCH"],
  data: strictObject({ party_id: id("The party to end.") }),
  example: { party_id: "party_abc123" },
});
