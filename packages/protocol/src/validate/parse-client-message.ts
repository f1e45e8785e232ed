import type { ErrorCode } from "../errors/catalogue.ts";
import { wireLimits } from "../limits.ts";
import type { ClientMessage } from "../messages/message-types.ts";
import { clientValidators } from "./client-validators.ts";
import { diagnoseClientMessage } from "./diagnose-client-message.ts";
import { exceedsUtf8Bytes } from "./message-size.ts";
import { refuseMessage } from "./refuse-message.ts";

/** A client message that keeps to its schema, or why it does not. */
export type ParsedClientMessage =
  | { readonly ok: true; readonly message: ClientMessage }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      /** For people: which part of the message, and what is expected there. */
      readonly message: string;
      /** The id of the message, for the reply; empty when it could not be read. */
      readonly id: string;
    };

/**
 * Parses what a client sent: the one place where untrusted text becomes typed data. Never throws. An
 * accepted message has exactly the keys of its schema, and `data` even where it was left out.
 *
 * @example
 * const parsed = parseClientMessage(text);
 * if (!parsed.ok) {
 *   const { code, message, id } = parsed;
 *   socket.send(encodeServerMessage("error", { code, message }, { id, ts: Date.now() }));
 * }
 */
export function parseClientMessage(text: string): ParsedClientMessage {
  if (exceedsUtf8Bytes(text, wireLimits.messageBytesMax)) {
    return refuseMessage("PAYLOAD_TOO_LARGE", `A message takes at most ${wireLimits.messageBytesMax} bytes.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuseMessage("MALFORMED_JSON");
  }
  const validator = clientValidators.get(typeOf(value));
  if (validator?.Check(value) !== true) return diagnoseClientMessage(value, validator);
  const message = value as ClientMessage;
  return {
    ok: true,
    message: message.data === undefined ? ({ ...message, data: {} } as ClientMessage) : message,
  };
}

function typeOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (value as { type?: unknown }).type : undefined;
}
