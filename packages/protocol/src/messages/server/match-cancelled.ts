import { Type } from "typebox";
import { id, oneOf, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { cancelReasons } from "../../vocabulary.ts";
import { defineServerMessage } from "../message-definition.ts";

export const matchCancelled = defineServerMessage({
  type: "match.cancelled",
  since: 1,
  delivery: "event",
  description: "The match will not take place; stakes and bets go back in full.",
  data: strictObject({
    match_id: id("The match."),
    reason: oneOf(cancelReasons, "Why."),
    requeued: Type.Boolean({
      title: "true or false",
      description: "Whether the player's ticket waits again, with its original age.",
    }),
    cooldown_secs: seconds(
      "How long this player must wait before the next match of this mode; 0 for no wait.",
    ),
  }),
  example: { match_id: "match_abc123", reason: "declined", requeued: true, cooldown_secs: 0 },
});
