import { guestToken } from "./guest-token.ts";
import { defineRoute } from "./route-definition.ts";

export const shardMove = defineRoute({
  name: "shard-move",
  method: "POST",
  path: "/api/v1/auth/move",
  listener: "public",
  tag: "sign-in",
  roles: ["player"],
  since: 2,
  description:
    "A token for the shard of another region, with `Authorization: Bearer` and the one you have; not while you wait " +
    "or play. Shards share nothing: there you begin anew.",
  params: null,
  query: guestToken.query,
  body: null,
  status: 200,
  answer: guestToken.answer,
  example: { ...guestToken.example, shard: "us", url: "https://us.example" },
  failures: ["UNSUPPORTED", "ALREADY_IN_QUEUE", "INVALID_STATE"],
});
