import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WebSocket } from "ws";
import { ServerRig } from "../e2e/server-rig.ts";
import { problemIn, problemOf } from "./http-client.ts";

const listed = "https://play.example";
const foreign = ["https://evil.example", "null", "https://play.example.evil.example", "http://play.example"];

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start({ allowed_origins: listed });
});
after(() => rig.stop());

const guest = (headers: Record<string, string>, method = "POST") =>
  fetch(`${rig.url}/api/v1/auth/guest`, { method, headers });

/** The status a page of an origin gets for its socket, and what comes with a refusal. */
function connectFrom(origin: string | undefined): Promise<{ status: number; text: string }> {
  const socket = new WebSocket(`${rig.url.replace("http", "ws")}/ws`, origin === undefined ? {} : { origin });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => {
      socket.terminate();
      resolve({ status: 101, text: "" });
    });
    socket.on("unexpected-response", async (_request, response) => {
      let text = "";
      for await (const chunk of response) text += String(chunk);
      resolve({ status: response.statusCode ?? 0, text });
    });
  });
}

test("[H12] programs, the server's own pages and listed ones may connect", async () => {
  for (const origin of [undefined, rig.url, listed])
    assert.equal((await connectFrom(origin)).status, 101, origin);
});

test("[H12] pages of other origins may not connect", async () => {
  for (const origin of foreign) {
    const { status, text } = await connectFrom(origin);
    assert.equal(status, 403, origin);
    assert.equal(problemIn(text, 403).code, "FORBIDDEN");
  }
});

test("[H12] a listed page may act and read, after asking first", async () => {
  const asked = await guest({ origin: listed, "access-control-request-method": "POST" }, "OPTIONS");
  assert.equal(asked.status, 204);
  assert.equal(asked.headers.get("access-control-allow-origin"), listed);
  assert.match(asked.headers.get("access-control-allow-methods") ?? "", /POST/);
  const acted = await guest({ origin: listed });
  assert.equal(acted.status, 200);
  assert.equal(acted.headers.get("access-control-allow-origin"), listed);
  assert.equal(acted.headers.get("access-control-allow-credentials"), null);
  assert.match(acted.headers.get("vary") ?? "", /origin/);
});

test("[H12] pages of other origins may neither act nor read", async () => {
  for (const origin of foreign) {
    assert.equal((await problemOf(await guest({ origin }))).code, "FORBIDDEN", origin);
    const asked = await guest({ origin, "access-control-request-method": "POST" }, "OPTIONS");
    assert.equal(asked.headers.get("access-control-allow-origin"), null, origin);
    const read = await fetch(`${rig.url}/api/v1/matchmaking/statistics`, { headers: { origin } });
    assert.equal(read.headers.get("access-control-allow-origin"), null, origin);
    assert.equal(read.headers.get("cross-origin-resource-policy"), "same-origin", origin);
  }
});
