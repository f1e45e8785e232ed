import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineClientMessage } from "../message-definition.ts";

export const auth = defineClientMessage({
  type: "auth",
  since: 1,
  description: "Signs in: the first message of every connection, due within five seconds.",
  reply: "auth.success",
  failures: [
    "INVALID_TOKEN",
    "TOKEN_EXPIRED",
    "WRONG_SHARD",
    "IDENTITY_MISMATCH",
    "ALREADY_AUTHENTICATED",
    "POOL_FULL",
  ],
  data: strictObject({
    token: Type.String({
      pattern: `^[!-~]{1,${wireLimits.tokenLengthMax}}$`,
      title: `token of 1 to ${wireLimits.tokenLengthMax} printable characters`,
      description: "The token that says who the player is.",
    }),
    address: Type.Optional(id("The player's wallet address; if given, it must be the token's.")),
    client: Type.Optional(
      id(
        "An id made once per page or process: it lets a message sent again after a reconnect be recognised. " +
          "Without it, each connection counts as another client.",
      ),
    ),
  }),
  example: { token: "eyJhbGciOiJFZERTQSJ9.e30.c2ln", address: "0x7a3f...", client: "client_5c0f91" },
});
