import { Type } from "typebox";
import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";
import { acceptedRoles, latencies } from "../parts/wishes.ts";

export const partyReady = defineClientMessage({
  type: "party.ready",
  since: 2,
  description: "Says whether a member is ready to queue, and what the party's ticket is to say of them.",
  reply: "party.update",
  failures: ["PARTY_NOT_FOUND", "INVALID_PARTY_OPERATION", "INVALID_CONFIGURATION", "STALE_EPOCH"],
  data: strictObject({
    party_id: id("The party."),
    ready: Type.Boolean({ title: "true or false", description: "Whether the leader may queue." }),
    roles: Type.Optional(
      acceptedRoles(
        "Roles the member is ready to take, the best liked first; none for any; left out: as before.",
      ),
    ),
    latencies: Type.Optional(latencies("The member's round-trip times, by region; left out: as before.")),
  }),
  example: { party_id: "party_abc123", ready: true, roles: ["healer", "tank"], latencies: { eu: 24 } },
});
