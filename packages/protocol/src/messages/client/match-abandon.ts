import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const matchAbandon = defineClientMessage({
  type: "match.abandon",
  since: 1,
  description: "Leaves a match: a decline before it is ACTIVE, a forfeit from then on.",
  reply: "ok",
  failures: [
    "MATCH_NOT_FOUND",
    "PLAYER_NOT_IN_MATCH",
    "INVALID_STATE",
    "GRACE_PERIOD_EXPIRED",
    "STALE_EPOCH",
  ],
  data: strictObject({ match_id: id("The match to leave.") }),
  example: { match_id: "match_abc123" },
});
