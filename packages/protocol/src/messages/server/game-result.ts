import { Type } from "typebox";
import { amount, id, nullable, number, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { endReasons } from "../../vocabulary.ts";
import { defineServerMessage } from "../message-definition.ts";
import { playerStats, playersStats } from "../parts/typing-progress.ts";

export const gameResult = defineServerMessage({
  type: "game.result",
  since: 1,
  delivery: "event",
  description: "The match is decided; `match.settled` follows when the money has moved.",
  data: strictObject(
    {
      match_id: id("The match."),
      winner: nullable(
        id("The winner's address, or player id where there is none; of a team, one of it; null for a tie."),
      ),
      your_stats: playerStats,
      opponent_stats: nullable(playerStats),
      players: Type.Optional(playersStats),
      prize: amount("What this player receives: 0 after a loss, the own stake after a tie."),
      rating_change: number("What is added to this player's rating."),
      tx_hash: nullable(id("The transaction that pays; null until the match is settled.")),
      end_reason: oneOf(endReasons, "How it came to an end."),
    },
    "What the match came to.",
  ),
  example: {
    match_id: "match_abc123",
    winner: "0x7a3f...",
    your_stats: { progress: 1, wpm: 92, accuracy: 0.98, time_ms: 18300 },
    opponent_stats: { progress: 0.89, wpm: 74, accuracy: 0.96, time_ms: 22700 },
    prize: "540000000000000000000",
    rating_change: 13,
    tx_hash: null,
    end_reason: "completed",
  },
});
