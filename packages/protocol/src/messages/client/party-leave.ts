import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const partyLeave = defineClientMessage({
  type: "party.leave",
  since: 2,
  description:
    "Leaves the party, and takes its waiting ticket back; when its leader goes, another one leads.",
  reply: "ok",
  failures: ["PARTY_NOT_FOUND", "INVALID_PARTY_OPERATION", "INVALID_STATE", "STALE_EPOCH"],
  data: strictObject({ party_id: id("The party to leave.") }),
  example: { party_id: "party_abc123" },
});
