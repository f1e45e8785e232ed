import type { Static, TObject } from "typebox";
import type { ErrorCode } from "../errors/catalogue.ts";

/** What both directions say of a message. */
interface MessageDefinition<Name extends string, Data extends TObject> {
  /** The `type` of its envelope. */
  readonly type: Name;
  /** The first protocol version that has it. */
  readonly since: number;
  /** What it is for, in one sentence. */
  readonly description: string;
  /** The schema of its `data`. */
  readonly data: Data;
  /** `data` as it may look; it validates against the schema. */
  readonly example: Static<Data>;
}

/** A message a client sends. */
export interface ClientMessageDefinition<
  Name extends string = string,
  Data extends TObject = TObject,
  Reply extends string | null = string | null,
> extends MessageDefinition<Name, Data> {
  readonly direction: "client";
  /** The type of the one reply to its success; null when it gets none. */
  readonly reply: Reply;
  /** The codes it may be refused with, besides `commonFailures`. */
  readonly failures: readonly ErrorCode[];
}

/**
 * How a server message travels. `reply`: only as an answer. `event`: of the server's own accord; what it
 * tells is found again in `session.sync` if it is lost. `frame`: a picture of the moment or a courtesy, on
 * whose arrival nothing depends.
 */
export type Delivery = "reply" | "event" | "frame";

/** A message the server sends. */
export interface ServerMessageDefinition<Name extends string = string, Data extends TObject = TObject>
  extends MessageDefinition<Name, Data> {
  readonly direction: "server";
  readonly delivery: Delivery;
}

/** Defines a client message: one file each, the one source of its types, validation and documentation. */
export function defineClientMessage<Name extends string, Data extends TObject, Reply extends string | null>(
  definition: Omit<ClientMessageDefinition<Name, Data, Reply>, "direction">,
): ClientMessageDefinition<Name, Data, Reply> {
  return { direction: "client", ...definition };
}

/** Defines a server message: one file each, the one source of its types, validation and documentation. */
export function defineServerMessage<Name extends string, Data extends TObject>(
  definition: Omit<ServerMessageDefinition<Name, Data>, "direction">,
): ServerMessageDefinition<Name, Data> {
  return { direction: "server", ...definition };
}
