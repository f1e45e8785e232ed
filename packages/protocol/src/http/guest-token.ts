import { type Static, Type } from "typebox";
import { wireLimits } from "../limits.ts";
import { id, timeMs } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { defineRoute } from "./route-definition.ts";

const answer = strictObject({
  token: Type.String({
    minLength: 1,
    maxLength: wireLimits.tokenLengthMax,
    title: "token",
    description: "To be sent in `auth`.",
  }),
  player_id: id("The guest."),
  expires_at: timeMs("When the token runs out."),
});

export const guestToken = defineRoute({
  method: "POST",
  path: "/api/v1/auth/guest",
  since: 1,
  description: "Makes a guest, where the server takes guests.",
  params: null,
  status: 200,
  answer,
  example: {
    token: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
    player_id: "player_xyz",
    expires_at: 1706112000000,
  },
  failures: ["GUESTS_DISABLED", "DRAINING"],
});

/** A guest's token. */
export type GuestToken = Static<typeof answer>;
