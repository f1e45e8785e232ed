import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeServerMessage, isErrorCode, replies } from "../src/index.ts";
import { clientMessageDefinitions, serverMessageDefinitions } from "../src/schemas.ts";
import { parseClientMessage, serverMessageErrors } from "../src/validate.ts";
import { refusalOf } from "./refusal-of.ts";

test("[P6] the replies are those of the design", () => {
  assert.deepEqual(replies, {
    auth: "auth.success",
    "party.create": "party.update",
    "party.invite": "party.update",
    "party.join": "party.update",
    "party.ready": "party.update",
    "party.promote": "party.update",
    "party.kick": "party.update",
    "party.leave": "ok",
    "party.disband": "ok",
    "queue.enter": "queue.update",
    "queue.leave": "ok",
    "match.ready": "ok",
    "match.abandon": "ok",
    "match.loaded": "ok",
    "match.ticket": "match.assigned",
    "game.progress": "game.ack",
    pong: null,
  });
});

test("[P6] the table for clients says what the definitions say, and each reply is a server message", () => {
  assert.deepEqual(
    replies,
    Object.fromEntries(clientMessageDefinitions.map(({ type, reply }) => [type, reply])),
  );
  const serverTypes = new Set<string>(serverMessageDefinitions.map(({ type }) => type));
  for (const reply of Object.values(replies))
    assert.ok(reply === null || serverTypes.has(reply), String(reply));
});

test("[P7] a refusal carries the id of the message whenever it can be read", () => {
  const id = "msg_042";
  for (const message of [
    { type: "nonsense", id, ts: 1, data: {} },
    { type: 1, id, ts: 1, data: {} },
    { id },
    { type: "auth", id, ts: "now", data: {} },
    { type: "auth", id, ts: 1, data: [] },
    { type: "auth", id, ts: 1, data: {} },
    { type: "auth", id, ts: 1, data: { token: "t", deep: [[[[[[[[[]]]]]]]]] } },
  ]) {
    assert.equal(refusalOf(message).id, id, JSON.stringify(message));
  }
});

test("[P7] a refusal carries the empty id when there is none to read", () => {
  for (const message of ["", "{", "null", "[]", "x".repeat(20_000)]) assert.equal(refusalOf(message).id, "");
  for (const id of ["", " ", "x".repeat(65), 5, { id: "a" }, ["a"]]) {
    assert.equal(refusalOf({ type: "pong", id, ts: 1, data: {} }).id, "");
  }
});

test("[P8] every refusal is a well-formed error message", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const parsed = parseClientMessage(text);
      if (parsed.ok) return;
      const { code, message, id } = parsed;
      assert.ok(isErrorCode(code) && message !== "");
      const reply = encodeServerMessage("error", { code, message }, { id, ts: 1 });
      assert.deepEqual(serverMessageErrors(JSON.parse(reply)), []);
    }),
  );
});
