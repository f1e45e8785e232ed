import type { Static } from "typebox";
import { count, id, nullable, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { matchStates } from "../../vocabulary.ts";
import { sent } from "../route-definition.ts";

/** How a match stands after one of its players has said something. */
export const matchStep = strictObject({
  match_id: id("The match."),
  state: nullable(oneOf(matchStates, "The state it is in; null once it is over and forgotten here.")),
  ready: count("Players who have accepted."),
  loaded: count("Players who have loaded."),
  total: count("Players in it."),
});

/** How a match stands after one of its players has said something. */
export type MatchStep = Static<typeof matchStep>;

/** The match in the path. */
export const matchParams = sent(strictObject({ id: id("The match.") }), { id: "match_abc123" });

/** Both players of a duel have accepted, and one has loaded. */
export const matchStepExample: MatchStep = {
  match_id: "match_abc123",
  state: "PREPARING",
  ready: 2,
  loaded: 1,
  total: 2,
};

/** What may be wrong with what a player says of a match. */
export const matchStepFailures = [
  "MATCH_NOT_FOUND",
  "PLAYER_NOT_IN_MATCH",
  "INVALID_STATE",
  "ID_REUSED",
  "DRAINING",
  "LEVEL_NOT_SUPPORTED",
] as const;
