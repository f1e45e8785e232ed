import { amount, count, id, named, nullable, oneOf, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { matchStates } from "../../vocabulary.ts";

const roundFields = {
  match_id: id("The match that the round becomes."),
  round: count("Its number: rounds of a pool are counted for ever."),
  mode: named("The mode."),
  state: oneOf(matchStates, "FORMING while it registers players."),
  players: count("How many have registered."),
  max_players: count("With so many it goes on at once."),
  min_players: count("With fewer it is called off in the end."),
  prize_pool: amount("What all have staked together."),
  time_remaining_secs: seconds("Until registration ends."),
};

/** A round, as those in it see it. */
export const round = strictObject(roundFields);

/** The round a player has registered for. */
export const roundOrNull = nullable(
  strictObject(roundFields, "The round the player has registered for; null without one."),
);
