import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { signInAsGuest } from "../src/index.ts";

let server: Server;
let url: string;
let answer: (response: ServerResponse) => void;
before(async () => {
  server = createServer((_request, response) => answer(response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

const strangers: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  ["a page", (response) => response.end("<html>")],
  ["a proxy's error page", (response) => response.writeHead(502).end("<html>")],
  ["another program's error", (response) => response.writeHead(400).end('{"code":"E42"}')],
  ["a number", (response) => response.writeHead(500).end("7")],
  ["nothing at all", (response) => response.destroy()],
];
for (const [what, respond] of strangers) {
  test(`[C16] a server that answers with ${what} is no MatchForge server`, async () => {
    answer = respond;
    await assert.rejects(signInAsGuest(url), { name: "RequestError", code: "UNREACHABLE" });
  });
}

test("[C16] where nobody listens, nobody is signed in", async () => {
  const gone = createServer().listen(0, "127.0.0.1");
  await once(gone, "listening");
  const { port } = gone.address() as AddressInfo;
  await new Promise((resume) => gone.close(resume));
  await assert.rejects(signInAsGuest(`http://127.0.0.1:${port}`), { code: "UNREACHABLE" });
});
