import { id, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { partyEndReasons } from "../../vocabulary.ts";
import { defineServerMessage } from "../message-definition.ts";

export const partyEnded = defineServerMessage({
  type: "party.ended",
  since: 2,
  delivery: "event",
  description: "The player is no longer in the party.",
  data: strictObject({
    party_id: id("The party."),
    reason: oneOf(partyEndReasons, "Why; `gone` is who was away for too long."),
  }),
  example: { party_id: "party_abc123", reason: "kicked" },
});
