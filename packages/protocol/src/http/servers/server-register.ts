import { strictObject } from "../../schema/strict-object.ts";
import { serverOffer, serverStanding, serverStandingExample } from "../parts/server.ts";
import { defineRoute, sent } from "../route-definition.ts";

export const serverRegister = defineRoute({
  name: "server-register",
  method: "POST",
  path: "/api/v1/servers",
  listener: "public",
  tag: "servers",
  roles: ["server"],
  since: 2,
  description:
    "Registers the game server that the token names, or says something new of it. The same instance keeps its matches; another one is a new run, and the matches of the run before are lost. A server of the list in the settings is answered its epoch, and offers what the list says.",
  params: null,
  query: null,
  body: sent(strictObject(serverOffer), {
    instance: "7f3a",
    address: "203.0.113.7:7777",
    region: "eu-west",
    capacity: 4,
    labels: { map: "mill" },
  }),
  status: 200,
  answer: serverStanding,
  example: serverStandingExample,
  failures: ["INVALID_CONFIGURATION", "TOO_MANY_SERVERS", "INVALID_STATE", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
