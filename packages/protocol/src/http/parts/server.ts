import { Type } from "typebox";
import { serverAddress } from "../../messages/parts/assignment.ts";
import { count, flag, id, milliseconds, named, nullable, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { matchStates } from "../../vocabulary.ts";
import { sent } from "../route-definition.ts";

const name = Type.String({ pattern: "^[ -~]{1,64}$", title: "text of 1 to 64 visible ASCII characters" });

/** The server in the path. */
export const serverParams = sent(strictObject({ id: id("The server, as its token names it.") }), {
  id: "server_eu-1",
});

/** The run of the server that speaks. */
export const serverEpoch = count("The run that speaks: what registering answered.");

/** What a server offers. */
export const serverOffer = {
  instance: Type.String({
    ...name,
    description:
      "Names this run of the server's process: another one has lost the matches of the run before.",
  }),
  address: serverAddress,
  region: Type.Optional(named("Where it is; modes with regions need it.")),
  capacity: Type.Integer({
    minimum: 1,
    maximum: 1_000,
    title: "whole number from 1 to 1000",
    description: "How many matches it plays at once.",
  }),
  labels: Type.Optional(
    Type.Record(
      Type.String({ pattern: "^[A-Za-z0-9_.-]{1,64}$" }),
      Type.String({
        pattern: "^[ -~]{0,64}$",
        title: "text of up to 64 visible ASCII characters",
        description: "The label's value.",
      }),
      { maxProperties: 16, title: "up to 16 labels", description: "What modes may ask for." },
    ),
  ),
};

/** A server as it stands registered. */
export const serverStanding = strictObject({
  server_id: id("The server."),
  epoch: serverEpoch,
  draining: flag("Whether it takes no new matches."),
  matches: count("Matches it plays."),
  capacity: count("Matches it may play at once."),
  heartbeat_every_ms: milliseconds("How often to say that it lives."),
  lost_after_ms: milliseconds("After how long a silence it is lost."),
});

export const serverStandingExample = {
  server_id: "server_eu-1",
  epoch: 4711,
  draining: false,
  matches: 1,
  capacity: 4,
  heartbeat_every_ms: 5000,
  lost_after_ms: 15000,
};

const rosterPlayer = strictObject({
  player_id: id("The player."),
  team: count("The team, from 0."),
  role: nullable(named("What the player plays; null in modes without roles.")),
});

/** A match as its server needs to know it. */
export const roster = {
  match_id: id("The match."),
  mode: named("The mode."),
  state: oneOf(matchStates, "The state it is in."),
  region: nullable(named("Where it is played; null where that is left open.")),
  map: nullable(
    Type.String({ minLength: 1, maxLength: 64, title: "map", description: "Its map; null without one." }),
  ),
  players: Type.Array(rosterPlayer, {
    maxItems: 128,
    title: "list of players",
    description: "Everybody in it.",
  }),
  custom: Type.Array(
    strictObject({
      ticket_id: id("The ticket."),
      custom: Type.String({ maxLength: 2_048, title: "JSON text", description: "What it brought along." }),
    }),
    {
      maxItems: 128,
      title: "list of custom data",
      description: "What tickets brought along.",
    },
  ),
};

export const rosterExample = {
  match_id: "match_abc123",
  mode: "Normal_1v1",
  state: "READY" as const,
  region: "eu-west",
  map: null,
  players: [
    { player_id: "player_xyz", team: 0, role: null },
    { player_id: "player_abc", team: 1, role: null },
  ],
  custom: [],
};

/** What may be wrong with what a registered server says of itself. */
export const serverFailures = ["SERVER_NOT_FOUND", "STALE_EPOCH", "DRAINING"] as const;
