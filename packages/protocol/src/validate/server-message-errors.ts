import { Compile, type Validator } from "typebox/compile";
import { serverEnvelope } from "../envelope/envelope-schema.ts";
import { serverMessageDefinitions } from "../messages/server-messages.ts";

const validators: ReadonlyMap<string, Validator> = new Map(
  serverMessageDefinitions.map((definition) => [
    definition.type,
    Compile(serverEnvelope(definition.type, definition.data)) as Validator,
  ]),
);

/**
 * What is wrong with a server message, one line for each fault; empty when it keeps to its schema. For
 * tests and for servers that watch themselves: it finds fields that nobody declared.
 *
 * @example
 * assert.deepEqual(serverMessageErrors(JSON.parse(frame)), []);
 */
export function serverMessageErrors(message: unknown): string[] {
  const type = (message as { type?: unknown } | null | undefined)?.type;
  const validator = typeof type === "string" ? validators.get(type) : undefined;
  if (validator === undefined) return ["/type: no server message has this type"];
  return validator.Errors(message).map((error) => `${error.instancePath || "/"}: ${error.message}`);
}
