import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { position, reason } from "./admin-fields.ts";

export const adminShardResume = defineRoute({
  name: "admin-shard-resume",
  method: "POST",
  path: "/admin/v1/shard/resume",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "After replicas disagreed and the shard was halted: matches are made and money moves again.",
  params: null,
  query: null,
  body: sent(strictObject({ reason }), { reason: "Every node runs the corrected build." }),
  status: 200,
  answer: strictObject({ position }),
  example: { position: 80_212 },
  failures: ["INVALID_STATE", "INVALID_CONFIGURATION", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
