import { guestToken } from "./guest-token.ts";
import { defineRoute } from "./route-definition.ts";

export const shardMove = defineRoute({
  method: "POST",
  path: "/api/v1/auth/move",
  since: 2,
  description:
    "A token for the shard of another region, with `Authorization: Bearer` and the one you have; not while you wait " +
    "or play. Shards share nothing: there you begin anew.",
  params: null,
  query: guestToken.query,
  status: 200,
  answer: guestToken.answer,
  example: { ...guestToken.example, shard: "us", url: "https://us.example" },
  failures: [
    "NOT_AUTHENTICATED",
    "INVALID_TOKEN",
    "TOKEN_EXPIRED",
    "WRONG_SHARD",
    "UNSUPPORTED",
    "UNKNOWN_FIELD",
    "INVALID_FIELD",
    "ALREADY_IN_QUEUE",
    "INVALID_STATE",
  ],
});
