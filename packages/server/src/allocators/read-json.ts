import { AllocatorError } from "./allocator-error.ts";
import type { ProviderResponse } from "./provider-client.ts";

/** The JSON of an answer. */
export function jsonOf({ text }: Pick<ProviderResponse, "text">, who: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AllocatorError("ANSWER_UNREADABLE", `${who} answers with something that is no JSON.`, {
      cause,
    });
  }
}

/** The fields of a JSON object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : {};
}
