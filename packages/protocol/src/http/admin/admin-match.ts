import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { amount, count, id, name, named, nullable, number, oneOf, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { matchStates } from "../../vocabulary.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, longName, truth } from "./admin-fields.ts";

const { playersPerMatchMax } = wireLimits;

const player = strictObject({
  player_id: id("The player."),
  ticket_id: nullable(id("The ticket they came with; null in a siege.")),
  team: count("The team, from 0."),
  role: nullable(named("What they play in it; null in modes without roles.")),
  rating: number("Their rating when the match was found."),
  stake: amount("What they have put in."),
  is_notified: truth("Whether their client has confirmed that it knows of the match."),
  is_accepted: truth("Whether they have accepted."),
  is_loaded: truth("Whether their client has loaded the game."),
  is_away: truth("Whether they are away."),
  is_orphaned: truth("Whether a fault of ours has cut them off."),
  is_forfeited: truth("Whether they have given up."),
  keys_typed: count("Keys their last checkpoint knows of; 0 in games played elsewhere."),
  is_admitted: truth("Whether the game server has redeemed their newest match ticket."),
});

const server = strictObject(
  {
    attempt: count("1, and 2 after the first server was lost."),
    is_pending: truth("Whether it is being asked for."),
    server_id: nullable(id("The server; null while there is none.")),
    allocator: nullable(named("Who gave it; null while there is none.")),
    server_addr: nullable(
      Type.String({
        minLength: 1,
        maxLength: 256,
        title: "address",
        description: "Where its players reach it; null while there is none.",
      }),
    ),
    region: nullable(named("Where it is; null: not known.")),
  },
  "The game server it has asked for; null: it needs none, or not yet.",
);

export const adminMatch = defineRoute({
  name: "admin-match",
  method: "GET",
  path: "/admin/v1/matches/:id",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "All that is known of a live match, but for its text and anybody's passes.",
  params: sent(strictObject({ id: id("The match.") }), { id: "match_abc123" }),
  query: null,
  body: null,
  status: 200,
  answer: strictObject({
    match_id: id("The match."),
    mode: named("The mode."),
    stake_tier: nullable(named("The stake tier; null where the mode has none.")),
    pool: longName("The pool it came from."),
    state: oneOf(matchStates, "The state it is in."),
    rules_version: count("The version of the rules it was made under."),
    created_at: timeMs("When it was found."),
    deadline_at: timeMs("By when it goes on, or ends."),
    extensions: count("How often its deadline has moved for a fault of ours."),
    pending: listOf(named("What is waited for."), "What it waits for before it is ready.", 8),
    region: nullable(named("Where it is played; null: open.")),
    map: nullable(name("The map; null: none.")),
    pot: amount("The money it holds."),
    standing: nullable(
      listOf(
        count("A rank."),
        "The rank of each team by its server's newest word; null: none.",
        playersPerMatchMax,
      ),
    ),
    server: nullable(server),
    players: listOf(player, "Everybody in it.", playersPerMatchMax),
  }),
  example: {
    match_id: "match_abc123",
    mode: "arena",
    stake_tier: null,
    pool: "arena",
    state: "PREPARING",
    rules_version: 4,
    created_at: 1_706_025_600_250,
    deadline_at: 1_706_025_645_250,
    extensions: 0,
    pending: ["server"],
    region: "eu-west",
    map: "mill",
    pot: "0",
    standing: null,
    server: {
      attempt: 1,
      is_pending: true,
      server_id: null,
      allocator: null,
      server_addr: null,
      region: null,
    },
    players: [
      {
        player_id: "player_xyz",
        ticket_id: "ticket_abc",
        team: 0,
        role: null,
        rating: 1_247,
        stake: "0",
        is_notified: true,
        is_accepted: true,
        is_loaded: true,
        is_away: false,
        is_orphaned: false,
        is_forfeited: false,
        keys_typed: 0,
        is_admitted: false,
      },
    ],
  },
  failures: ["MATCH_NOT_FOUND"],
});
