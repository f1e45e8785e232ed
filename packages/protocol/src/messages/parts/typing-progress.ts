import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { amount, fraction, measure, milliseconds, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { outcomes } from "../../vocabulary.ts";
import { role, teamPlayerFields } from "./opponent.ts";

/** How far somebody has come in a typing game: fields, for messages that carry them flat. */
export const typingProgressFields = {
  progress: fraction("Part of the text that is right so far."),
  wpm: measure("Words (of five characters) per minute."),
  accuracy: fraction("Part of the keys that were right when typed."),
};

/** How far somebody has come in a typing game. */
export const typingProgress = strictObject(
  typingProgressFields,
  "How far the opponent has come; null until it is known.",
);

/** How far everybody has come, where more than two play. */
export const playersProgress = Type.Array(strictObject({ ...teamPlayerFields, ...typingProgressFields }), {
  maxItems: wireLimits.playersPerMatchMax,
  title: "list of players",
  description: "How far everybody has come, where more than two play.",
});

const stats = {
  ...typingProgressFields,
  time_ms: milliseconds("From the start to the last key that counted."),
};

/** What somebody achieved in a match. */
export const playerStats = strictObject(stats, "What was achieved.");

/** What everybody achieved, in a match of teams. */
export const playersStats = Type.Array(
  strictObject({
    ...teamPlayerFields,
    role,
    outcome: oneOf(outcomes, "What the match came to for this player."),
    ...stats,
    prize: amount("What this player receives."),
  }),
  {
    maxItems: wireLimits.playersPerMatchMax,
    title: "list of players",
    description: "What everybody achieved, where it is not one against one or has roles.",
  },
);
