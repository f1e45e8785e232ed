import { Type } from "typebox";
import { id, nullable, number, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { PROTOCOL_VERSION } from "../../version.ts";
import { defineServerMessage } from "../message-definition.ts";

export const authSuccess = defineServerMessage({
  type: "auth.success",
  since: 1,
  delivery: "reply",
  description: "The player is signed in; `session.sync` follows.",
  data: strictObject({
    player_id: id("The player."),
    rating: nullable(number("Rating in the default mode; null where that mode has none.")),
    session_expires: timeMs("When the token runs out."),
    protocol_version: Type.Integer({
      minimum: 1,
      title: "whole number from 1",
      description: "The version of the wire this server speaks.",
    }),
  }),
  example: {
    player_id: "player_xyz",
    rating: 1247,
    session_expires: 1706112000000,
    protocol_version: PROTOCOL_VERSION,
  },
});
