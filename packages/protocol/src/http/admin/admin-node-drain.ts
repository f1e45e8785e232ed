import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { longName, position, reason } from "./admin-fields.ts";

export const adminNodeDrain = defineRoute({
  name: "admin-node-drain",
  method: "POST",
  path: "/admin/v1/nodes/:node/drain",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description:
    "Asks a node of the shard, this one or another, to end in good order, as SIGTERM does: its players connect " +
    "elsewhere, what is outstanding is stored, its process ends.",
  params: sent(strictObject({ node: longName("The node and its run.") }), { node: "node-1/0199c2" }),
  query: null,
  body: sent(strictObject({ reason }), { reason: "Its machine is replaced." }),
  status: 202,
  answer: strictObject({ node: longName("The node."), position }),
  example: { node: "node-1/0199c2", position: 80_212 },
  failures: ["NODE_NOT_FOUND", "INVALID_STATE", "INVALID_CONFIGURATION", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
