import type { ServerMessage } from "../messages/message-types.ts";
import { isServerMessageType } from "../messages/server-message-types.ts";

/** A server message, or why the text is none. */
export type ParsedServerMessage =
  | { readonly ok: true; readonly message: ServerMessage }
  | { readonly ok: false; readonly code: "MALFORMED_JSON" | "INVALID_ENVELOPE" | "UNKNOWN_TYPE" };

/**
 * Reads what the server sent. It checks the envelope and trusts the data: a client that has chosen its
 * server may, and a newer server may add fields. A type this version does not know is `UNKNOWN_TYPE`, to be
 * passed over in silence. Compiles nothing, so it runs under any content security policy.
 *
 * @example
 * const parsed = parseServerMessage(text);
 * if (parsed.ok && parsed.message.type === "game.ack") forgetKeys(parsed.message.data.upto);
 */
export function parseServerMessage(text: string): ParsedServerMessage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, code: "MALFORMED_JSON" };
  }
  if (!isEnvelope(value)) return { ok: false, code: "INVALID_ENVELOPE" };
  if (!isServerMessageType(value.type)) return { ok: false, code: "UNKNOWN_TYPE" };
  return { ok: true, message: value as ServerMessage };
}

function isEnvelope(value: unknown): value is { type: string } {
  if (!isObject(value)) return false;
  const { type, id, ts, data } = value;
  return typeof type === "string" && typeof id === "string" && Number.isFinite(ts) && isObject(data);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
