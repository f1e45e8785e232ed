import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { sent } from "../route-definition.ts";

const team = strictObject({
  players: Type.Array(id("A player."), {
    minItems: 1,
    maxItems: wireLimits.playersPerMatchMax,
    title: "list of players",
    description: "Exactly the players of the team.",
  }),
  rank: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 128,
      title: "whole number",
      description: "1 is the best; equal ranks tie.",
    }),
  ),
  score: Type.Optional(
    Type.Number({
      minimum: -1e15,
      maximum: 1e15,
      title: "number",
      description: "The highest is the best; equal scores tie.",
    }),
  ),
});

/** A result, or a standing: every team of the match in its order, with all ranks or all scores. */
export const resultBody = sent(
  strictObject({
    teams: Type.Array(team, {
      minItems: 2,
      maxItems: 64,
      title: "list of teams",
      description: "The teams of the match, in their order: either all with a rank, or all with a score.",
    }),
  }),
  {
    teams: [
      { players: ["player_xyz"], score: 3 },
      { players: ["player_abc"], score: 1 },
    ],
  },
);
