import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { id, named, nameKey, nullable } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";
import { acceptedRoles, latencies } from "../parts/wishes.ts";

const rating = (description: string) =>
  nullable(Type.Number({ minimum: -100_000, maximum: 100_000, title: "rating", description }));

const preferences = strictObject(
  {
    expand_search: Type.Optional(
      Type.Boolean({
        title: "true or false",
        description: "Whether waiting may widen what is wished for here.",
      }),
    ),
    min_opponent_rating: Type.Optional(rating("The lowest rating of an opponent; null for any.")),
    max_opponent_rating: Type.Optional(rating("The highest rating of an opponent; null for any.")),
  },
  "Wishes for the opponent.",
);

const custom = Type.Record(
  nameKey,
  Type.Union([Type.String({ maxLength: wireLimits.customTextLengthMax }), Type.Number(), Type.Boolean()], {
    title: `text of up to ${wireLimits.customTextLengthMax} characters, number, true or false`,
  }),
  {
    maxProperties: wireLimits.customFieldsMax,
    additionalProperties: false,
    title: "flat values by name",
    description: "Whatever a custom matcher wants to know.",
  },
);

export const queueEnter = defineClientMessage({
  type: "queue.enter",
  since: 1,
  description: "Makes a ticket: the wish to play one or more modes.",
  reply: "queue.update",
  failures: [
    "ALREADY_IN_QUEUE",
    "QUEUE_FULL",
    "QUEUE_NOT_FOUND",
    "MODE_NOT_AVAILABLE",
    "COOLDOWN",
    "INSUFFICIENT_FUNDS",
    "CONSTRAINTS_NOT_SATISFIED",
    "PLAYER_NOT_FOUND",
    "PARTY_NOT_FOUND",
    "INVALID_PARTY_OPERATION",
    "INVALID_CONFIGURATION",
    "STALE_EPOCH",
  ],
  data: strictObject({
    game_type: named("The mode."),
    stake_tier: Type.Optional(
      named("The stake tier; required in modes that have stakes, refused in others."),
    ),
    preferences: Type.Optional(preferences),
    modes: Type.Optional(
      Type.Array(named("A mode."), {
        maxItems: wireLimits.modesPerTicketMax,
        title: `list of up to ${wireLimits.modesPerTicketMax} modes`,
        description: "Further modes the ticket stands in, besides `game_type`.",
      }),
    ),
    party_id: Type.Optional(id("The party that queues as one; its leader sends this.")),
    regions: Type.Optional(
      Type.Array(named("A region."), {
        maxItems: wireLimits.regionsPerTicketMax,
        title: `list of up to ${wireLimits.regionsPerTicketMax} regions`,
        description: "The only regions to play in.",
      }),
    ),
    blocked: Type.Optional(
      Type.Array(id("A player."), {
        maxItems: wireLimits.blockedPerTicketMax,
        title: `list of up to ${wireLimits.blockedPerTicketMax} players`,
        description: "Whom never to meet, neither as mate nor as opponent, however long it takes.",
      }),
    ),
    latencies: Type.Optional(latencies("Measured round-trip times, by region.")),
    roles: Type.Optional(acceptedRoles("Roles the player is ready to take, the best liked first.")),
    custom: Type.Optional(custom),
  }),
  example: {
    game_type: "code_duel",
    stake_tier: "gold",
    preferences: { expand_search: true, min_opponent_rating: null, max_opponent_rating: null },
  },
});
