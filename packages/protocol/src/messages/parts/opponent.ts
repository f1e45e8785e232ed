import { Type } from "typebox";
import { count, id, measure, nullable, number } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";

/** How many players one message lists at most: a hunt has 64. */
export const playersPerMessageMax = 64;

/** Who a player is, where more than two play. */
export const teamPlayerFields = {
  player_id: id("The player."),
  address: id("The player's wallet address; the player id where there is none."),
  team: count("The team, from 0."),
};

const record = {
  rating: nullable(number("Rating in this mode; null where the mode has none.")),
  wins: count("Matches of this mode won."),
  avg_wpm: measure("Mean words per minute over the matches of this mode; 0 before the first."),
};

/** The opponent of a match of two, as shown before it. */
export const opponentOrNull = nullable(
  strictObject(
    { address: teamPlayerFields.address, ...record },
    "The opponent; null where the mode hides it, or more than two play.",
  ),
);

/** Everybody in a match of more than two, as shown before it. */
export const foundPlayers = Type.Array(strictObject({ ...teamPlayerFields, ...record }), {
  maxItems: playersPerMessageMax,
  title: "list of players",
  description: "Everybody in the match, where more than two play.",
});
