import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { count, id, measure, name, named, nullable, number } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";

/** Who a player is, where more than two play. */
export const teamPlayerFields = {
  player_id: id("The player."),
  address: id("The player's wallet address; the player id where there is none."),
  team: count("The team, from 0."),
};

/** What a player plays in the team. */
export const role = nullable(named("The player's role; null where the mode has none."));

/** Where a match is played. */
export const matchPlace = {
  region: nullable(named("Where it is played; null where the mode leaves that open.")),
  map: nullable(name("The map it is played on; null where the mode has none.")),
};

const record = {
  rating: nullable(number("Rating in this mode; null where the mode has none.")),
  wins: count("Matches of this mode won."),
  avg_wpm: measure("Mean words per minute over the matches of this mode; 0 before the first."),
};

/** The opponent of a match of one against one, as shown before it. */
export const opponentOrNull = nullable(
  strictObject(
    { address: teamPlayerFields.address, ...record },
    "The opponent; null where the mode hides it, or where it is no match of one against one.",
  ),
);

/** Everybody in a match of teams, as shown before it. */
export const foundPlayers = Type.Array(strictObject({ ...teamPlayerFields, role, ...record }), {
  maxItems: wireLimits.playersPerMatchMax,
  title: "list of players",
  description:
    "Everybody in the match, where it is not one against one or has roles; of opponents the mode hides, nobody.",
});
