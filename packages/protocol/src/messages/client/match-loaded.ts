import { Type } from "typebox";
import { fraction, id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const matchLoaded = defineClientMessage({
  type: "match.loaded",
  since: 1,
  description: "Says how far this client has loaded the match: wholly, or, for the others to see, in part.",
  reply: "ok",
  failures: ["MATCH_NOT_FOUND", "PLAYER_NOT_IN_MATCH", "INVALID_STATE", "STALE_EPOCH"],
  data: strictObject({
    match_id: id("The match being loaded."),
    progress: Type.Optional(fraction("How much is loaded; left out, everything.")),
  }),
  example: { match_id: "match_abc123", progress: 1 },
});
