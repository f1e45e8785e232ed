import { Type } from "typebox";
import { id, named } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { position, reason } from "./admin-fields.ts";

export const adminPlayerPardon = defineRoute({
  name: "admin-player-pardon",
  method: "DELETE",
  path: "/admin/v1/players/:id/cooldowns",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "Forgets what a player was blamed for, and ends the cooldowns for it: in one mode or in all.",
  params: sent(strictObject({ id: id("The player.") }), { id: "player_xyz" }),
  query: sent(strictObject({ mode: Type.Optional(named("The mode; without it all.")), reason }), {
    mode: "code_duel",
    reason: "Our line was down.",
  }),
  body: null,
  status: 200,
  answer: strictObject({ player_id: id("The player."), position }),
  example: { player_id: "player_xyz", position: 80_212 },
  failures: [
    "PLAYER_NOT_FOUND",
    "QUEUE_NOT_FOUND",
    "INVALID_CONFIGURATION",
    "LEVEL_NOT_SUPPORTED",
    "DRAINING",
  ],
});
