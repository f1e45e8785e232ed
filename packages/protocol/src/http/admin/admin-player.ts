import { amount, count, id, measure, named, nullable, number, oneOf, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { sessionStates } from "../../vocabulary.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, longName, truth } from "./admin-fields.ts";

const record = strictObject({
  mode: named("The mode."),
  rating: number("The rating."),
  deviation: measure("How uncertain it is."),
  games: count("Games played."),
  wins: count("Of these won."),
});

const offence = strictObject({
  mode: named("The mode."),
  at: timeMs("When they declined or did not come."),
  cooldown_until: timeMs("When the cooldown for it ends, or has ended."),
});

export const adminPlayer = defineRoute({
  name: "admin-player",
  method: "GET",
  path: "/admin/v1/players/:id",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "What the shard knows of a player at the moment; whoever is away for long it has forgotten.",
  params: sent(strictObject({ id: id("The player.") }), { id: "player_xyz" }),
  query: null,
  body: null,
  status: 200,
  answer: strictObject({
    player_id: id("The player."),
    is_guest: truth("Whether they are a guest."),
    state: oneOf(sessionStates, "What they are doing."),
    node: nullable(longName("The node that holds, or held last, their connection; null: none ever did.")),
    epoch: count("Names the connection; 0 while they are away."),
    party_id: nullable(id("Their party; null: none.")),
    ticket_id: nullable(id("Their ticket; null: none.")),
    match_id: nullable(id("Their match; null: none.")),
    available: amount("Their balance, without what is locked."),
    settling: count("Resolved matches that still owe them their settlement."),
    records: listOf(record, "Their ratings, by mode.", 1_000),
    offences: listOf(offence, "What they were blamed for, the newest last.", 1_000),
  }),
  example: {
    player_id: "player_xyz",
    is_guest: false,
    state: "idle",
    node: "node-1/0199c2",
    epoch: 812,
    party_id: null,
    ticket_id: null,
    match_id: null,
    available: "700000000000000000000",
    settling: 0,
    records: [{ mode: "code_duel", rating: 1_247, deviation: 0, games: 41, wins: 29 }],
    offences: [{ mode: "code_duel", at: 1_706_025_600_250, cooldown_until: 1_706_025_630_250 }],
  },
  failures: ["PLAYER_NOT_FOUND"],
});
