import { Type } from "typebox";
import { strictObject } from "../../schema/strict-object.ts";
import { serverFailures, serverParams } from "../parts/server.ts";
import { defineRoute, sent } from "../route-definition.ts";

export const serverDown = defineRoute({
  name: "server-down",
  method: "DELETE",
  path: "/api/v1/servers/:id",
  listener: "public",
  tag: "servers",
  roles: ["server"],
  since: 2,
  description:
    "Takes the server out at once. A match that has not begun gets another one; a game in play ends by its mode's rule: drain the server first where that matters. `FORBIDDEN` for a server of the list in the settings.",
  params: serverParams,
  query: sent(
    strictObject({
      epoch: Type.String({
        pattern: "^[0-9]{1,16}$",
        title: "whole number",
        description: "The run that ends.",
      }),
    }),
    { epoch: "4711" },
  ),
  body: null,
  status: 204,
  answer: null,
  example: null,
  failures: serverFailures,
});
