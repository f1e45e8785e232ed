import { count, nullable } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute } from "../route-definition.ts";
import { truth } from "./admin-fields.ts";

export const adminAuditCheck = defineRoute({
  name: "admin-audit-check",
  method: "GET",
  path: "/admin/v1/audit/check",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "Reads the whole audit and tells whether each line follows from all before it.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer: strictObject({
    is_whole: truth("Whether each does."),
    broken_at: nullable(count("The position of the newest line that does not; null: each does.")),
  }),
  example: { is_whole: true, broken_at: null },
  failures: [],
});
