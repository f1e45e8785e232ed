import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { named, nameKey } from "../../schema/fields.ts";

/** Roles somebody accepts. */
export function acceptedRoles(description: string) {
  return Type.Array(named("A role."), {
    maxItems: wireLimits.rolesPerTicketMax,
    title: `list of up to ${wireLimits.rolesPerTicketMax} roles`,
    description,
  });
}

/** Measured round-trip times by region. */
export function latencies(description: string) {
  return Type.Record(nameKey, Type.Number({ minimum: 0, maximum: 60_000, title: "milliseconds" }), {
    maxProperties: wireLimits.regionsPerTicketMax,
    additionalProperties: false,
    title: "round-trip ms by region",
    description,
  });
}
