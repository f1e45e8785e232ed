import { Type } from "typebox";
import { partySizeDefault, wireLimits } from "../../limits.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const partyCreate = defineClientMessage({
  type: "party.create",
  since: 2,
  description: "Makes a party, led by the player, who is in no other.",
  reply: "party.update",
  failures: ["INVALID_PARTY_OPERATION", "PARTY_NOT_FOUND", "STALE_EPOCH"],
  data: strictObject({
    size_max: Type.Optional(
      Type.Integer({
        minimum: 2,
        maximum: wireLimits.membersPerPartyMax,
        title: `whole number from 2 to ${wireLimits.membersPerPartyMax}`,
        description: `The most members it may have; ${partySizeDefault} if left out.`,
      }),
    ),
  }),
  example: { size_max: 4 },
});
