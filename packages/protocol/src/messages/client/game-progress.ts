import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { id, number } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const gameProgress = defineClientMessage({
  type: "game.progress",
  since: 1,
  description: "Brings the keys a player typed; the coordinator replays them and computes everything itself.",
  reply: "game.ack",
  failures: [
    "MATCH_NOT_FOUND",
    "PLAYER_NOT_IN_MATCH",
    "INVALID_STATE",
    "GRACE_PERIOD_EXPIRED",
    "STALE_EPOCH",
    "STALE_OFFSET",
    "TYPING_TOO_FAST",
  ],
  data: strictObject({
    match_id: id("The match being played."),
    from: Type.Integer({
      minimum: 0,
      maximum: wireLimits.keysPerMatchMax,
      title: `whole number from 0 to ${wireLimits.keysPerMatchMax}`,
      description: "How many keys of this match came before the first of these.",
    }),
    typed: Type.String({
      pattern: `^[\\x08 -~]{0,${wireLimits.keysPerMessageMax}}$`,
      title: `text of up to ${wireLimits.keysPerMessageMax} printable ASCII characters and \\b`,
      description: "The keys, in the order typed; `\\b` is the backspace.",
    }),
    progress: Type.Optional(number("What the client believes; never trusted.")),
    wpm: Type.Optional(number("What the client believes; never trusted.")),
    accuracy: Type.Optional(number("What the client believes; never trusted.")),
    current_position: Type.Optional(number("What the client believes; never trusted.")),
  }),
  example: {
    match_id: "match_abc123",
    from: 40,
    typed: "-p\b-",
    progress: 0.45,
    wpm: 87,
    accuracy: 0.96,
    current_position: 42,
  },
});
