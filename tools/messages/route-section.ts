import {
  fieldRows,
  type RequestPart,
  type RouteDefinition,
  routeFailures,
} from "../../packages/protocol/src/schemas.ts";
import { codeList, jsonBlock, table } from "./markdown.ts";

const tokens: Readonly<Record<RouteDefinition["roles"][number], string>> = {
  anyone: "none",
  player: "a player's",
  server: "a game server's",
  match: "a match's credential",
  admin: "an operator's",
};

/** The section of an HTTP route. */
export function routeSection(route: RouteDefinition): string {
  const { method, path, description, query, body, headers, status, answer, example, since } = route;
  return [
    `### \`${method} ${path}\``,
    description,
    [
      `- **Token:** ${route.roles.map((role) => tokens[role]).join(", or ")}`,
      `- **Answers:** ${[status, ...(route.otherAnswers ?? []).map((other) => other.status)].join(", ")}`,
      `- **Refused with:** ${codeList(routeFailures(route))}`,
      `- **Since:** version ${since}`,
      ...(route.listener === "admin" ? ["- **Where:** on the operators' listener"] : []),
    ].join("\n"),
    ...partTable("in the headers", headers ?? null),
    ...partTable("in the query", query),
    ...partTable("in the body", body),
    ...(body === null ? [] : [jsonBlock(body.example)]),
    ...(answer === null ? [] : [answerTable(answer), exampleBlock(route.mediaType, example)]),
  ].join("\n\n");
}

function partTable(where: string, part: RequestPart | null): readonly string[] {
  return part === null ? [] : [table([where, "present", "value", "meaning"], fieldRows(part.schema))];
}

function answerTable(answer: object): string {
  const rows = fieldRows(answer);
  return rows.length === 0 ? "" : table(["field", "present", "value", "meaning"], rows);
}

function exampleBlock(mediaType: string | undefined, example: unknown): string {
  return mediaType === undefined ? jsonBlock(example) : `\`\`\`text\n${String(example).trimEnd()}\n\`\`\``;
}
