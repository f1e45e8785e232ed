import { Type } from "typebox";
import { count, id } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { roster, rosterExample, serverFailures, serverParams } from "../parts/server.ts";
import { defineRoute, sent } from "../route-definition.ts";

const digits = (most: number) => `^[0-9]{1,${most}}$`;

const match = strictObject({
  ...roster,
  credential: Type.String({
    maxLength: 4_096,
    title: "credential",
    description: "What the server acts with for this match, and for no other.",
  }),
});

export const serverMatches = defineRoute({
  name: "server-matches",
  method: "GET",
  path: "/api/v1/servers/:id/matches",
  listener: "public",
  tag: "servers",
  roles: ["server"],
  since: 2,
  description:
    "The matches that the server is to play, each with the credential it acts with for it. With `wait` it answers when the list is another than `since` says, or after so many seconds; while it waits the server need not say that it lives.",
  params: serverParams,
  query: sent(
    strictObject({
      epoch: Type.String({ pattern: digits(16), title: "whole number", description: "The run that asks." }),
      wait: Type.Optional(
        Type.String({
          pattern: "^([0-9]|[12][0-9]|30)$",
          title: "seconds from 0 to 30",
          description: "How long to wait.",
        }),
      ),
      since: Type.Optional(
        Type.String({
          pattern: "^[0-9a-f]{1,16}$",
          title: "version",
          description: "The version that is known already.",
        }),
      ),
    }),
    { epoch: "4711", wait: "30", since: "9f86d081884c7d65" },
  ),
  body: null,
  status: 200,
  answer: strictObject({
    server_id: id("The server."),
    epoch: count("The run that asked."),
    version: Type.String({
      pattern: "^[0-9a-f]{1,16}$",
      title: "version",
      description: "Changes with the list: the `since` of the next question.",
    }),
    matches: Type.Array(match, {
      maxItems: 1_000,
      title: "list of matches",
      description: "What it is to play.",
    }),
  }),
  example: {
    server_id: "server_eu-1",
    epoch: 4711,
    version: "9f86d081884c7d65",
    matches: [{ ...rosterExample, credential: "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl" }],
  },
  failures: serverFailures,
});
