/**
 * What every message is wrapped in, in both directions. A reply carries the id of its request; what the
 * server sends of its own accord carries an id of the server's.
 */
export interface Envelope<Type extends string, Data> {
  readonly type: Type;
  readonly id: string;
  /** When the message was sent, in ms since 1970, on the sender's clock. */
  readonly ts: number;
  readonly data: Data;
}

/** The id of a reply to a message whose own id could not be read. No request can have it. */
export const unreadableId = "";
