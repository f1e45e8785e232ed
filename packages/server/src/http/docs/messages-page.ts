import { fieldRows } from "@matchforge/protocol/schemas";
import { asyncApiDocument } from "./async-api-document.ts";
import type { AsyncApiMessage } from "./async-api-messages.ts";
import type { AsyncApiOperation } from "./async-api-operations.ts";
import { type DocsHtml, docsHtml } from "./docs-html.ts";
import { escapeHtml, jsonHtml, proseHtml, tableHtml } from "./html.ts";

/** The messages of the socket, drawn from the AsyncAPI document. */
export function messagesPage(): DocsHtml {
  const { info, channels, components, operations } = asyncApiDocument();
  const addresses = Object.values(channels).map(({ address, description }) => [
    `\`${address}\``,
    description,
  ]);
  const isSent = ({ name }: AsyncApiMessage) => operations[name]?.action === "receive";
  const sections = Map.groupBy(Object.values(components.messages), isSent);
  const sectionsOf = (fromClient: boolean) =>
    (sections.get(fromClient) ?? []).map((message) => section(message, operations[message.name]));
  const body = [
    "<h1>The socket</h1>",
    `<p>${proseHtml(info.description)}</p>`,
    tableHtml(["address", "what it is"], addresses),
    "<h2>From the client</h2>",
    ...sectionsOf(true),
    "<h2>From the server</h2>",
    ...sectionsOf(false),
  ];
  return docsHtml({ path: "/docs/messages", body: body.join("\n") });
}

function section(message: AsyncApiMessage, operation: AsyncApiOperation | undefined): string {
  const { name, summary, payload, examples } = message;
  const { properties } = payload.schema as { readonly properties: { readonly data: object } };
  const rows = fieldRows(properties.data);
  return [
    `<h3 id="${escapeHtml(name)}"><code>${escapeHtml(name)}</code></h3>`,
    `<p>${proseHtml(summary)}</p>`,
    ...notesOf(operation).map((note) => `<p>${note}</p>`),
    ...(rows.length === 0 ? [] : [tableHtml(["field", "present", "value", "meaning"], rows)]),
    ...examples.map(({ payload: example }) => jsonHtml(example)),
  ].join("\n");
}

/** How a message is sent: what answers it, or why it comes. */
function notesOf(operation: AsyncApiOperation | undefined): string[] {
  if (operation === undefined) return ["Sent only as a reply."];
  const { description, reply, "x-failures": failures = [] } = operation;
  const replies = (reply?.messages ?? []).map(({ $ref }) => $ref.slice($ref.lastIndexOf("/") + 1));
  const links = replies.map((type) => `<a href="#${type}"><code>${type}</code></a>`);
  return [
    ...(description === undefined ? [] : [proseHtml(description)]),
    ...(links.length === 0 ? [] : [`Answered with ${links.join(" or ")}.`]),
    ...(failures.length === 0 ? [] : [`Refused with ${failures.map(codeLink).join(", ")}.`]),
  ];
}

function codeLink(code: string): string {
  return `<a href="/docs/errors#${code}"><code>${code}</code></a>`;
}
