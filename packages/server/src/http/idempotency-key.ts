import type { RequestOrigin } from "@matchforge/core";
import { keyOptional, keyRequired } from "@matchforge/protocol/schemas";
import { requestParser } from "@matchforge/protocol/validate";
import type { FastifyRequest } from "fastify";
import { requestOrigin } from "../websocket/requests/request-origin.ts";
import type { Refusal } from "./problems.ts";
import { httpClient } from "./tickets/ticket-stories.ts";

const name = "idempotency-key";
const parsers = { required: requestParser(keyRequired.schema), optional: requestParser(keyOptional.schema) };

/** Which request of a player's this is, by its `Idempotency-Key`; undefined without one. */
export type KeyedRequest =
  | { readonly ok: true; readonly origin: RequestOrigin | undefined }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads which request this is, so that it is carried out once however often and wherever it comes. `type` and `data`
 * are what the same key must come with again.
 *
 * @example
 * const keyed = keyedRequest(request, { key: "optional", type: "match.ready", data: { id, ...body } });
 */
export function keyedRequest(
  { headers }: Pick<FastifyRequest, "headers">,
  asked: { readonly key: keyof typeof parsers; readonly type: string; readonly data: unknown },
): KeyedRequest {
  const given = headers[name];
  const parsed = parsers[asked.key](given === undefined ? {} : { [name]: given });
  if (!parsed.ok) return { ok: false, refusal: { code: parsed.code, detail: parsed.detail } };
  const { [name]: id } = parsed.sent;
  if (id === undefined) return { ok: true, origin: undefined };
  const { type, data } = asked;
  return { ok: true, origin: requestOrigin({ client: httpClient, id, type, data }) };
}
