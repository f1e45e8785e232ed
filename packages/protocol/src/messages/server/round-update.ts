import { defineServerMessage } from "../message-definition.ts";
import { round } from "../parts/round.ts";

export const roundUpdate = defineServerMessage({
  type: "round.update",
  since: 2,
  delivery: "event",
  description:
    "A round the player has registered for, after every change of who is in it or how long it waits. `queue.leave` leaves it; `match.found` follows when registration is over.",
  data: round,
  example: {
    match_id: "match_abc123",
    round: 17,
    mode: "bounty_hunt",
    state: "FORMING",
    players: 12,
    max_players: 64,
    min_players: 8,
    prize_pool: "600000000000000000000",
    time_remaining_secs: 43,
  },
});
