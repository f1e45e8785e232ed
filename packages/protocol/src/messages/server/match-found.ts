import { Type } from "typebox";
import { amount, id, named, nullable, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";
import { foundPlayers, matchPlace, opponentOrNull } from "../parts/opponent.ts";

export const matchFound = defineServerMessage({
  type: "match.found",
  since: 1,
  delivery: "event",
  description:
    "A match was found; where the mode has a ready check, `match.ready` is due before the deadline.",
  data: strictObject({
    match_id: id("The match."),
    mode: named("The mode; a ticket may stand in several."),
    opponent: opponentOrNull,
    players: Type.Optional(foundPlayers),
    ...matchPlace,
    wager: amount("The player's stake."),
    accept_deadline: nullable(timeMs("When the ready check ends; null where the mode has none.")),
  }),
  example: {
    match_id: "match_abc123",
    mode: "code_duel",
    opponent: { address: "0x9c2d...", rating: 1189, wins: 18, avg_wpm: 76 },
    region: null,
    map: null,
    wager: "300000000000000000000",
    accept_deadline: 1706025615000,
  },
});
