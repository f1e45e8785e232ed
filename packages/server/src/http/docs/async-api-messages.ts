import {
  type ClientMessageDefinition,
  clientEnvelope,
  clientMessageDefinitions,
  type ServerMessageDefinition,
  serverEnvelope,
  serverMessageDefinitions,
} from "@matchforge/protocol/schemas";

const sentAt = 1_706_025_600_000;

/** A message of the document: its envelope with its data. */
export interface AsyncApiMessage {
  readonly name: string;
  readonly summary: string;
  readonly payload: { readonly schemaFormat: string; readonly schema: object };
  readonly examples: readonly { readonly payload: object }[];
}

/** Every message of the socket. */
export function asyncApiMessages(): Readonly<Record<string, AsyncApiMessage>> {
  const ofClients = clientMessageDefinitions.map((definition) =>
    messageOf(definition, { id: "msg_001", schema: clientEnvelope(definition.type, definition.data) }),
  );
  const ofServer = serverMessageDefinitions.map((definition) =>
    messageOf(definition, { id: "event_4711", schema: serverEnvelope(definition.type, definition.data) }),
  );
  return Object.fromEntries([...ofClients, ...ofServer].map((message) => [message.name, message]));
}

function messageOf(
  { type, description, example }: ClientMessageDefinition | ServerMessageDefinition,
  { id, schema }: { readonly id: string; readonly schema: object },
): AsyncApiMessage {
  return {
    name: type,
    summary: description,
    payload: { schemaFormat: "application/schema+json;version=draft-2020-12", schema },
    examples: [{ payload: { type, id, ts: sentAt, data: example } }],
  };
}
