import type { Static } from "typebox";
import type { Envelope } from "../envelope/envelope.ts";
import type { clientMessageDefinitions } from "./client-messages.ts";
import type { serverMessageDefinitions } from "./server-messages.ts";

// Everything here is derived from the schemas, and is gone at run time.

type ClientDefinition = (typeof clientMessageDefinitions)[number];
type ServerDefinition = (typeof serverMessageDefinitions)[number];

/** The `data` of each client message, by type. */
export type ClientMessages = {
  [Definition in ClientDefinition as Definition["type"]]: Static<Definition["data"]>;
};

/** The `data` of each server message, by type. */
export type ServerMessages = {
  [Definition in ServerDefinition as Definition["type"]]: Static<Definition["data"]>;
};

/** The type of a message a client sends. */
export type ClientMessageType = keyof ClientMessages;

/** The type of a message the server sends. */
export type ServerMessageType = keyof ServerMessages;

/** Any client message: `type` tells which. */
export type ClientMessage = {
  [Type in ClientMessageType]: Envelope<Type, ClientMessages[Type]>;
}[ClientMessageType];

/** Any server message: `type` tells which. */
export type ServerMessage = {
  [Type in ServerMessageType]: Envelope<Type, ServerMessages[Type]>;
}[ServerMessageType];

/** The type of the reply to a client message's success; null for a message that gets none. */
export type Replies = { [Definition in ClientDefinition as Definition["type"]]: Definition["reply"] };
