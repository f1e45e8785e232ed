import { wireLimits } from "../../limits.ts";
import { id, named, nullable, oneOf, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { matchStates } from "../../vocabulary.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, next, pageQueryOf } from "./admin-fields.ts";

const match = strictObject({
  match_id: id("The match."),
  mode: named("The mode."),
  stake_tier: nullable(named("The stake tier; null where the mode has none.")),
  state: oneOf(matchStates, "The state it is in."),
  players: listOf(id("A player."), "Everybody in it.", wireLimits.playersPerMatchMax),
  server_id: nullable(id("The game server it has; null: none.")),
  created_at: timeMs("When it was found."),
  deadline_at: timeMs("By when it goes on, or ends."),
});

export const adminMatches = defineRoute({
  name: "admin-matches",
  method: "GET",
  path: "/admin/v1/matches",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "The live matches, by id.",
  params: null,
  query: sent(pageQueryOf("matches"), { limit: "50" }),
  body: null,
  status: 200,
  answer: strictObject({ matches: listOf(match, "By id: the older first."), next }),
  example: {
    matches: [
      {
        match_id: "match_abc123",
        mode: "code_duel",
        stake_tier: "gold",
        state: "ACTIVE",
        players: ["player_xyz", "player_abc"],
        server_id: null,
        created_at: 1_706_025_600_250,
        deadline_at: 1_706_025_665_000,
      },
    ],
    next: null,
  },
  failures: [],
});
