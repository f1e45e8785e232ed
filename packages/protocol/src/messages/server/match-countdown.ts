import { Type } from "typebox";
import { id, seconds, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";
import { codeCommitment } from "../parts/duel-text.ts";

export const matchCountdown = defineServerMessage({
  type: "match.countdown",
  since: 1,
  delivery: "event",
  description: "The match is about to start; its text is committed to, and not yet told.",
  data: strictObject({
    match_id: id("The match."),
    seconds_remaining: seconds("Seconds until the start."),
    code_commitment: Type.Optional(codeCommitment),
    game_starts_at: timeMs("When the game starts."),
  }),
  example: {
    match_id: "match_abc123",
    seconds_remaining: 5,
    code_commitment: "489d787d526ef91e7dd62d975c46cedaef28932e538451782d50699f9b6eced3",
    game_starts_at: 1706025605000,
  },
});
