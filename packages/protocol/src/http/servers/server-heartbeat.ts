import { Type } from "typebox";
import { flag } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import {
  serverEpoch,
  serverFailures,
  serverParams,
  serverStanding,
  serverStandingExample,
} from "../parts/server.ts";
import { defineRoute, sent } from "../route-definition.ts";

export const serverHeartbeat = defineRoute({
  name: "server-heartbeat",
  method: "POST",
  path: "/api/v1/servers/:id/heartbeat",
  listener: "public",
  tag: "servers",
  roles: ["server"],
  since: 2,
  description:
    "Says that the server lives, and, if it likes, that it takes no new matches or takes them again. `SERVER_NOT_FOUND`: register again.",
  params: serverParams,
  query: null,
  body: sent(
    strictObject({ epoch: serverEpoch, draining: Type.Optional(flag("Whether it takes no new matches.")) }),
    {
      epoch: 4711,
    },
  ),
  status: 200,
  answer: serverStanding,
  example: serverStandingExample,
  failures: serverFailures,
});
