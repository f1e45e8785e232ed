import { type Static, Type } from "typebox";
import { wireLimits } from "../limits.ts";
import { id, named, nullable, timeMs } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { defineRoute, sent } from "./route-definition.ts";

const answer = strictObject({
  token: Type.String({
    minLength: 1,
    maxLength: wireLimits.tokenLengthMax,
    title: "token",
    description: "To be sent in `auth`.",
  }),
  player_id: id("The guest."),
  expires_at: timeMs("When the token runs out."),
  shard: named("The shard it is for."),
  url: nullable(
    Type.String({
      minLength: 1,
      maxLength: 256,
      title: "address",
      description: "Where the nodes of that shard are; null: where you asked.",
    }),
  ),
});

const query = strictObject({
  region: Type.Optional(named("Whose shard it is to be; without it that of the node you ask.")),
});

export const guestToken = defineRoute({
  name: "guest-token",
  method: "POST",
  path: "/api/v1/auth/guest",
  listener: "public",
  tag: "sign-in",
  roles: ["anyone"],
  since: 1,
  description: "Makes a guest, where the server takes guests.",
  params: null,
  query: sent(query, { region: "eu-west" }),
  body: null,
  status: 200,
  answer,
  example: {
    token: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
    player_id: "player_xyz",
    expires_at: 1706112000000,
    shard: "eu",
    url: null,
  },
  failures: ["GUESTS_DISABLED", "DRAINING"],
});

/** A guest's token. */
export type GuestToken = Static<typeof answer>;
