import { id, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const matchReady = defineClientMessage({
  type: "match.ready",
  since: 1,
  description: "Answers a ready check.",
  reply: "ok",
  failures: ["MATCH_NOT_FOUND", "PLAYER_NOT_IN_MATCH", "INVALID_STATE", "STALE_EPOCH"],
  data: strictObject({
    match_id: id("The match that was found."),
    response: oneOf(["accept", "decline"], "Whether the player takes part."),
  }),
  example: { match_id: "match_abc123", response: "accept" },
});
