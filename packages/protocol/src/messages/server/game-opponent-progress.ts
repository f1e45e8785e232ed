import { Type } from "typebox";
import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";
import { playersProgress, typingProgressFields } from "../parts/typing-progress.ts";

export const gameOpponentProgress = defineServerMessage({
  type: "game.opponent_progress",
  since: 1,
  delivery: "frame",
  description: "How far the opponent has come; of several, the one furthest ahead.",
  data: strictObject({
    match_id: id("The match."),
    ...typingProgressFields,
    players: Type.Optional(playersProgress),
  }),
  example: { match_id: "match_abc123", progress: 0.62, wpm: 72, accuracy: 0.94 },
});
