import { Type } from "typebox";
import { count, fraction, id, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const matchLoading = defineServerMessage({
  type: "match.loading",
  since: 1,
  delivery: "event",
  description: "The match is being prepared; `match.loaded` is due before the deadline.",
  data: strictObject({
    match_id: id("The match."),
    deadline: timeMs("When loading must be over."),
    loaded: count("Players who have loaded."),
    total: count("Players who have to."),
    player_id: Type.Optional(id("Who has come further since; left out when that is not known.")),
    progress: Type.Optional(fraction("How much this player has loaded.")),
  }),
  example: {
    match_id: "match_abc123",
    deadline: 1706025645000,
    loaded: 1,
    total: 2,
    player_id: "player_xyz",
    progress: 1,
  },
});
