import { VERSION } from "@matchforge/core";
import { errorCatalogue, PROTOCOL_VERSION } from "@matchforge/protocol";
import { clientMessageDefinitions, serverMessageDefinitions } from "@matchforge/protocol/schemas";
import { asyncApiMessages } from "./async-api-messages.ts";
import { asyncApiOperations } from "./async-api-operations.ts";

/** The two addresses of the socket; what travels on them is the same. */
const socketAddresses = {
  socket: { address: "/ws", description: "The socket; `auth` says who you are." },
  playerSocket: {
    address: "/ws/{player_id}",
    description: "The same with the player's id, which must be that of the token in `auth`.",
    parameters: { player_id: { description: "The player.", examples: ["player_xyz"] } },
  },
} as const;

/**
 * The AsyncAPI 3 document of the socket, made from the messages' definitions. Its actions are the server's: it
 * receives what clients send.
 *
 * @example
 * JSON.stringify(asyncApiDocument());
 */
export function asyncApiDocument() {
  return {
    asyncapi: "3.0.0",
    info: {
      title: "MatchForge",
      version: VERSION,
      description:
        `The socket, protocol version ${PROTOCOL_VERSION}. Every message is one JSON object in one text frame. Each ` +
        "request gets exactly one reply, which carries its id: the message its operation names, or `error`.",
      license: { name: "MIT OR Apache-2.0" },
    },
    defaultContentType: "application/json",
    servers: {
      node: {
        host: "{host}",
        protocol: "wss",
        description: "Any node of the shard; `ws` where TLS ends elsewhere.",
        variables: { host: { default: "localhost:8080", description: "Where the node listens." } },
      },
    },
    channels: Object.fromEntries(
      Object.entries(socketAddresses).map(([name, channel]) => [
        name,
        { ...channel, messages: messageRefs() },
      ]),
    ),
    operations: asyncApiOperations(),
    components: { messages: asyncApiMessages() },
    "x-error-codes": errorCatalogue,
  };
}

function messageRefs() {
  const types = [...clientMessageDefinitions, ...serverMessageDefinitions].map(({ type }) => type);
  return Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }]));
}
