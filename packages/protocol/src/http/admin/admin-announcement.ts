import { Type } from "typebox";
import { id, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { announcement, position, reason } from "./admin-fields.ts";

const severity = Type.Optional(
  oneOf(["info", "warning"], "Whether it calls for attention; without it `info`."),
);

export const adminAnnouncement = defineRoute({
  name: "admin-announcement",
  method: "POST",
  path: "/admin/v1/announcements",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "Tells everybody who is connected to any node: a `system.announcement`.",
  params: null,
  query: null,
  body: sent(strictObject({ text: announcement, severity, reason }), {
    text: "Maintenance at 22:00 UTC; running matches go on.",
    severity: "info",
    reason: "Planned work.",
  }),
  status: 200,
  answer: strictObject({ announcement_id: id("The announcement."), position }),
  example: { announcement_id: "announcement_80212", position: 80_212 },
  failures: ["INVALID_CONFIGURATION", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
