import type {
  ClientMessages,
  ClientMessageType,
  ServerMessages,
  ServerMessageType,
} from "../messages/message-types.ts";

/** What the sender of a message adds to its type and data. */
export interface Stamp {
  /** The request's id in a reply, the sender's own otherwise. */
  readonly id: string;
  /** When it is sent, in ms since 1970. */
  readonly ts: number;
}

/**
 * The text of a server message. It does not check `data`: the types do, and the server's own tests.
 *
 * @example
 * socket.send(encodeServerMessage("game.ack", { match_id, upto: 44 }, { id: request.id, ts: Date.now() }));
 */
export function encodeServerMessage<Type extends ServerMessageType>(
  type: Type,
  data: ServerMessages[Type],
  { id, ts }: Stamp,
): string {
  return JSON.stringify({ type, id, ts, data });
}

/**
 * The text of a client message.
 *
 * @example
 * socket.send(encodeClientMessage("queue.leave", {}, { id: "msg_003", ts: Date.now() }));
 */
export function encodeClientMessage<Type extends ClientMessageType>(
  type: Type,
  data: ClientMessages[Type],
  { id, ts }: Stamp,
): string {
  return JSON.stringify({ type, id, ts, data });
}
