import { commonFailures, type ErrorCode } from "@matchforge/protocol";
import {
  type ClientMessageDefinition,
  clientMessageDefinitions,
  type Delivery,
  type ServerMessageDefinition,
  serverMessageDefinitions,
} from "@matchforge/protocol/schemas";

/** A reference to another place of the document. */
interface Reference {
  readonly $ref: string;
}

/** An operation of the document; its action is the server's. */
export interface AsyncApiOperation {
  readonly action: "receive" | "send";
  readonly channel: Reference;
  readonly summary: string;
  readonly description?: string;
  readonly messages: readonly Reference[];
  readonly reply?: { readonly channel: Reference; readonly messages: readonly Reference[] };
  readonly "x-failures"?: readonly ErrorCode[];
}

const channel: Reference = { $ref: "#/channels/socket" };

/** What may be done on the socket: an operation for each message a client sends, and for each the server pushes. */
export function asyncApiOperations(): Readonly<Record<string, AsyncApiOperation>> {
  const received = clientMessageDefinitions.map(
    (definition) => [definition.type, receive(definition)] as const,
  );
  const pushed = serverMessageDefinitions.flatMap((definition) => {
    const description = deliveries[definition.delivery];
    return description === null ? [] : [[definition.type, push(definition, description)] as const];
  });
  return Object.fromEntries([...received, ...pushed, ...playerSocketOperations]);
}

function receive({ type, description, reply, failures }: ClientMessageDefinition): AsyncApiOperation {
  return {
    action: "receive",
    channel,
    summary: description,
    messages: [messageOn("socket", type)],
    // Whatever can be refused has `error` for its other reply.
    ...(reply !== null && {
      reply: { channel, messages: [messageOn("socket", reply), messageOn("socket", "error")] },
    }),
    "x-failures": [...new Set([...failures, ...commonFailures])],
  };
}

/** How a message comes that no request asked for; null for one that only ever answers. */
const deliveries: Readonly<Record<Delivery, string | null>> = {
  reply: null,
  event: "Sent of the server's own accord; after a loss, the next `session.sync` makes up for it.",
  frame: "Sent of the server's own accord; nothing depends on its arrival.",
};

function push(
  { type, description: summary }: ServerMessageDefinition,
  description: string,
): AsyncApiOperation {
  return { action: "send", channel, summary, description, messages: [messageOn("socket", type)] };
}

function messageOn(name: "socket" | "playerSocket", type: string): Reference {
  return { $ref: `#/channels/${name}/messages/${type}` };
}

/** The same on the other address, as a whole. */
const playerSocketOperations: readonly (readonly [string, AsyncApiOperation])[] = [
  [
    "receiveOnPlayerSocket",
    {
      action: "receive",
      channel: { $ref: "#/channels/playerSocket" },
      summary: "Whatever a client may send on the socket.",
      messages: clientMessageDefinitions.map(({ type }) => messageOn("playerSocket", type)),
    },
  ],
  [
    "sendOnPlayerSocket",
    {
      action: "send",
      channel: { $ref: "#/channels/playerSocket" },
      summary: "Whatever the server sends on the socket.",
      messages: serverMessageDefinitions.map(({ type }) => messageOn("playerSocket", type)),
    },
  ],
];
