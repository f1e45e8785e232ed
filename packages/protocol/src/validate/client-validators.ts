import { Compile, type Validator } from "typebox/compile";
import { clientEnvelope } from "../envelope/envelope-schema.ts";
import { clientMessageDefinitions } from "../messages/client-messages.ts";

/**
 * One compiled validator per client message, for the whole envelope: a valid message costs one look-up and
 * one call.
 */
export const clientValidators: ReadonlyMap<unknown, Validator> = new Map(
  clientMessageDefinitions.map((definition) => [
    definition.type,
    Compile(clientEnvelope(definition.type, definition.data)) as Validator,
  ]),
);
