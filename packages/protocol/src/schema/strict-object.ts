import { type TProperties, Type } from "typebox";

/**
 * An object that refuses keys it does not name. For what clients send that is strictness; for what the
 * server sends it is secrecy: a field nobody declared cannot slip out.
 *
 * `description` is for the reference page.
 *
 * @example
 * strictObject({ match_id: id("The match.") });
 */
export function strictObject<const Fields extends TProperties>(fields: Fields, description?: string) {
  return Type.Object(fields, {
    additionalProperties: false,
    ...(description !== undefined && { description }),
  });
}
