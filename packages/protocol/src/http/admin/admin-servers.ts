import { Type } from "typebox";
import { count, id, named, nullable, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, next, pageQueryOf, truth } from "./admin-fields.ts";

function text(lengthMax: number, description: string) {
  return Type.String({ maxLength: lengthMax, title: `text of up to ${lengthMax} characters`, description });
}

const server = strictObject({
  server_id: id("The server."),
  allocator: named("Where it comes from."),
  epoch: count("Names its run."),
  server_addr: text(256, "Where players reach it."),
  region: nullable(text(64, "Where it is; null: not known.")),
  labels: Type.Record(Type.String(), text(64, "A value."), {
    title: "map of names to texts",
    description: "What modes may ask for.",
  }),
  capacity: count("How many matches it plays at once."),
  matches: count("How many it plays."),
  is_draining: truth("Whether it takes no new ones."),
  is_lent: truth("Whether it goes back with the end of its one match."),
  last_heard_at: nullable(timeMs("When it was last heard; null: it never says that it lives.")),
});

export const adminServers = defineRoute({
  name: "admin-servers",
  method: "GET",
  path: "/admin/v1/servers",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "The game servers that are registered or lent, by id.",
  params: null,
  query: sent(pageQueryOf("servers"), { limit: "50" }),
  body: null,
  status: 200,
  answer: strictObject({ servers: listOf(server, "By id."), next }),
  example: {
    servers: [
      {
        server_id: "server_abc",
        allocator: "registry",
        epoch: 511,
        server_addr: "10.0.0.7:7777",
        region: "eu-west",
        labels: { map: "mill" },
        capacity: 8,
        matches: 3,
        is_draining: false,
        is_lent: false,
        last_heard_at: 1_706_025_600_250,
      },
    ],
    next: null,
  },
  failures: [],
});
