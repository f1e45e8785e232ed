import { defineServerMessage } from "../message-definition.ts";
import { party } from "../parts/party.ts";

export const partyUpdate = defineServerMessage({
  type: "party.update",
  since: 2,
  delivery: "event",
  description:
    "The player's party as it is: the reply to requests about it, and told to all members after every change.",
  data: party,
  example: {
    party_id: "party_abc123",
    leader: "player_xyz",
    size_max: 4,
    members: [
      { player_id: "player_xyz", ready: false, roles: [] },
      { player_id: "player_abc", ready: true, roles: ["healer", "tank"] },
    ],
    invited: ["player_bob"],
  },
});
