import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { isErrorCode, type ProblemDetails, problemMediaType } from "@matchforge/protocol";
import { problemSchema } from "@matchforge/protocol/schemas";
import type { Static, TObject } from "typebox";
import { Errors } from "typebox/value";

/** The answer of a route, held against its schema. */
export async function answerOf<Answer extends TObject>(
  url: string,
  { path, answer }: { readonly path: string; readonly answer: Answer },
  { id = "" } = {},
): Promise<Static<Answer>> {
  const body: unknown = await (await fetch(`${url}${path.replace(":id", id)}`)).json();
  assert.deepEqual([...Errors(answer, body)], [], JSON.stringify(body));
  return body as Static<Answer>;
}

/** The problem document of a refused request, held against its schema. */
export async function problemOf(response: Response): Promise<ProblemDetails> {
  assert.equal(response.headers.get("content-type")?.split(";")[0], problemMediaType);
  return problemIn(await response.text(), response.status);
}

/** A problem document, held against its schema and the status it came with. */
export function problemIn(text: string, status: number): ProblemDetails {
  const problem = JSON.parse(text) as ProblemDetails;
  assert.deepEqual([...Errors(problemSchema, problem)], [], text);
  assert.ok(isErrorCode(problem.code));
  assert.equal(problem.status, status);
  return problem;
}

/** A bare connection, for what no HTTP client would send. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket;
}

/** Everything a server says until it ends the connection. */
export async function heardOn(socket: Socket): Promise<{ status: number; head: string; body: string }> {
  let text = "";
  socket.on("error", () => socket.destroy());
  for await (const chunk of socket) text += String(chunk);
  const [head = "", ...rest] = text.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), head, body: rest.join("\r\n\r\n") };
}
