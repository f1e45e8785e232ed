import { defineServerMessage } from "../message-definition.ts";
import { partyInvitation as invitation } from "../parts/party.ts";

export const partyInvitation = defineServerMessage({
  type: "party.invitation",
  since: 2,
  delivery: "event",
  description: "The player is invited to a party.",
  data: invitation,
  example: { party_id: "party_abc123", from: "player_xyz", expires_in_secs: 60 },
});
