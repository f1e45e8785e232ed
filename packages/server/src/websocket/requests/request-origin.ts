import { contentHash, emptyContentHash, type RequestOrigin } from "@matchforge/core";

/**
 * What tells a request from every other of the player's clients, and from another body under the same id.
 *
 * @example
 * requestOrigin({ client: session.instance, id: message.id, type: message.type, data: message.data });
 */
export function requestOrigin(request: {
  readonly client: string;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}): RequestOrigin {
  const { client, id, type, data } = request;
  const body = contentHash(emptyContentHash, JSON.stringify([type, data]));
  return { key: `${client}:${id}`, bodyHash: body.high * 0x100000 + (body.low >>> 12) };
}
