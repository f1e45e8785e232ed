import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { heardOn, openSocket } from "../http-client.ts";
import type { ContractRequest } from "./requests.ts";
import type { Answer } from "./served-api.ts";
import type { World } from "./world.ts";

/** Sends a request as it stands: nothing tidies its path or its body. */
export async function send(world: World, request: ContractRequest): Promise<Answer> {
  const { url, method, path, token, contentType, headers, body } = request;
  const authorization = world.tokens[token] ?? null;
  const outgoing = httpRequest(url, {
    method,
    path,
    headers: {
      ...headers,
      "x-forwarded-for": world.nextAddress(),
      ...(authorization !== null && { authorization }),
      ...(contentType !== null && { "content-type": contentType }),
      ...(body !== null && { "content-length": Buffer.byteLength(body) }),
    },
  });
  outgoing.end(body ?? undefined);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const mediaType = mediaTypeOf(response.headers["content-type"] ?? "");
  const status = response.statusCode ?? 0;
  if (mediaType === "text/event-stream") {
    // It goes on for as long as somebody listens.
    response.destroy();
    return { status, mediaType, text: "" };
  }
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return { status, mediaType, text };
}

/** Announces a body of 10 MB, by its length or in one chunk, sends its beginning, and reads what is said to it. */
export async function sendHugeBody(
  world: World,
  { url, method, path, token }: ContractRequest,
  { isTold }: { isTold: boolean },
): Promise<Answer> {
  const bytes = 10 * 1_024 * 1_024;
  const socket = await openSocket(url);
  const authorization = world.tokens[token] ?? null;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    "Host: localhost",
    `X-Forwarded-For: ${world.nextAddress()}`,
    "Content-Type: application/json",
    "Connection: close",
    ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
    isTold ? `Content-Length: ${bytes}` : "Transfer-Encoding: chunked",
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  if (!isTold) socket.write(`${bytes.toString(16)}\r\n`);
  socket.write(`"${"x".repeat(64 * 1_024)}`);
  const { status, head, body } = await heardOn(socket);
  const [, type = ""] = /^content-type: (.*)$/im.exec(head) ?? [];
  return { status, mediaType: mediaTypeOf(type), text: body };
}

function mediaTypeOf(contentType: string): string {
  return (contentType.split(";")[0] ?? "").trim();
}
