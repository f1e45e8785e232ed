import { unreadableId } from "../envelope/envelope.ts";
import { type ErrorCode, errorCatalogue } from "../errors/catalogue.ts";

/** Why a message is refused, before anybody looks at what it asks for. */
export interface MessageRefusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
  readonly id: string;
}

/** Refuses a message, with the catalogue's sentence unless there is a closer one. */
export function refuseMessage(
  code: ErrorCode,
  message: string = errorCatalogue[code].happened,
  id: string = unreadableId,
): MessageRefusal {
  return { ok: false, code, message, id };
}
