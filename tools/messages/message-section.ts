import { type ClientMessageType, replies } from "../../packages/protocol/src/index.ts";
import type {
  ClientMessageDefinition,
  Delivery,
  ServerMessageDefinition,
} from "../../packages/protocol/src/schemas.ts";
import { fieldRows } from "../../packages/protocol/src/schemas.ts";
import { codeList, jsonBlock, table } from "./markdown.ts";

const deliveries: Readonly<Record<Delivery, string>> = {
  reply: "only as a reply",
  event: "of the server's own accord; after a loss, the next `session.sync` makes up for it",
  frame: "of the server's own accord; nothing depends on its arrival",
};

/** The section of a message a client sends. */
export function clientSection(definition: ClientMessageDefinition): string {
  const { reply, failures } = definition;
  return section(definition, "msg_001", [
    `**Reply:** ${reply === null ? "none" : `\`${reply}\``}`,
    `**Refused with:** ${failures.length === 0 ? "the common codes only" : `${codeList(failures)}, and the common codes`}`,
  ]);
}

/** The section of a message the server sends. */
export function serverSection(definition: ServerMessageDefinition): string {
  const requests = (Object.keys(replies) as ClientMessageType[]).filter(
    (type) => replies[type] === definition.type,
  );
  const isReply = requests.length > 0 || definition.delivery === "reply";
  return section(definition, isReply ? "msg_001" : "event_4711", [
    `**Sent:** ${deliveries[definition.delivery]}`,
    ...(requests.length > 0 ? [`**Reply to:** ${codeList(requests)}`] : []),
  ]);
}

function section(
  { type, since, description, data, example }: ClientMessageDefinition | ServerMessageDefinition,
  id: string,
  notes: readonly string[],
): string {
  const fields = fieldRows(data);
  return [
    `### \`${type}\``,
    description,
    [...notes, `**Since:** version ${since}`].map((note) => `- ${note}`).join("\n"),
    fields.length === 0 ? "`data` has no fields." : table(["field", "present", "value", "meaning"], fields),
    jsonBlock({ type, id, ts: 1706025600000, data: example }),
  ].join("\n\n");
}
