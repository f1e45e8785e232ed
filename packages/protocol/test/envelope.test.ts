import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeClientMessage, encodeServerMessage, parseServerMessage } from "../src/index.ts";
import { clientMessageDefinitions, serverMessageDefinitions } from "../src/schemas.ts";
import { parseClientMessage } from "../src/validate.ts";
import { refusalOf } from "./refusal-of.ts";

const leave = { type: "queue.leave", id: "msg_003", ts: 1706025600200, data: {} };

test("[P1] each of the four keys but data is needed, and the refusal names the one that is missing", () => {
  for (const key of ["id", "ts"] as const) {
    const { [key]: _, ...rest } = leave;
    assert.deepEqual(pick(refusalOf(rest)), ["INVALID_ENVELOPE", `${key} is missing.`]);
  }
  const { type: _, ...untyped } = leave;
  assert.equal(refusalOf(untyped).code, "INVALID_ENVELOPE");
  const ready = { ...leave, type: "match.ready" };
  assert.deepEqual(pick(refusalOf({ ...ready, data: undefined })), ["INVALID_ENVELOPE", "data is missing."]);
});

test("[P1] a fifth key is refused and named", () => {
  assert.deepEqual(pick(refusalOf({ ...leave, seq: 4 })), ["INVALID_ENVELOPE", "seq is not a known field."]);
});

test("[P1] JSON that is not an object is refused", () => {
  for (const text of ["null", "5", '"queue.leave"', "true", "[]", "[{}]"]) {
    const parsed = parseClientMessage(text);
    assert.equal(parsed.ok ? "accepted" : parsed.code, "INVALID_ENVELOPE", text);
  }
});

test("[P2] ids of 1 to 64 printable characters are accepted, others are not", () => {
  for (const id of ["a", "~", "!", "x".repeat(64), "msg_001"]) {
    assert.equal(parseClientMessage(JSON.stringify({ ...leave, id })).ok, true, id);
  }
  for (const id of ["", "x".repeat(65), "a b", "é", "a\n", 7, null, {}]) {
    assert.equal(refusalOf({ ...leave, id }).code, "INVALID_ENVELOPE", String(id));
  }
});

test("[P2] ts is a finite number and data an object", () => {
  for (const ts of ["1", null, true]) assert.equal(refusalOf({ ...leave, ts }).code, "INVALID_ENVELOPE");
  const infinite = parseClientMessage('{"type":"pong","id":"a","ts":1e400,"data":{}}');
  assert.equal(infinite.ok ? "accepted" : infinite.code, "INVALID_ENVELOPE");
  for (const data of [null, 1, "x", []]) assert.equal(refusalOf({ ...leave, data }).code, "INVALID_ENVELOPE");
});

test("[P3] data may be left out exactly where no field is required, and is then empty", () => {
  for (const { type, data } of clientMessageDefinitions) {
    const parsed = parseClientMessage(JSON.stringify({ type, id: "a", ts: 1 }));
    const isOptional = (data.required ?? []).length === 0;
    assert.deepEqual(parsed.ok && parsed.message, isOptional && { type, id: "a", ts: 1, data: {} }, type);
  }
});

test("[P4] what a client encodes, the server parses unchanged", () => {
  for (const { type, example } of clientMessageDefinitions) {
    const text = encodeClientMessage(type, example as never, { id: "msg_1", ts: 12.5 });
    const message = { type, id: "msg_1", ts: 12.5, data: example };
    assert.deepEqual(parseClientMessage(text), { ok: true, message });
  }
});

test("[P4] what the server encodes, a client parses unchanged", () => {
  for (const { type, example } of serverMessageDefinitions) {
    const text = encodeServerMessage(type, example as never, { id: "", ts: 3 });
    assert.deepEqual(parseServerMessage(text), { ok: true, message: { type, id: "", ts: 3, data: example } });
  }
});

test("[P5] a client reads messages with more fields than it knows", () => {
  const parsed = parseServerMessage('{"type":"ok","id":"a","ts":1,"data":{"new":1},"more":[]}');
  assert.equal(parsed.ok && parsed.message.type, "ok");
});

test("[P5] a client tells what it cannot read apart, without an exception", () => {
  const codeOf = (text: string) => {
    const parsed = parseServerMessage(text);
    return parsed.ok ? "accepted" : parsed.code;
  };
  assert.equal(codeOf('{"type":"match.replay","id":"a","ts":1,"data":{}}'), "UNKNOWN_TYPE");
  assert.equal(codeOf('{"type":"toString","id":"a","ts":1,"data":{}}'), "UNKNOWN_TYPE");
  assert.equal(codeOf('{"type":"ok","id":"a","ts":1}'), "INVALID_ENVELOPE");
  assert.equal(codeOf('{"type":"ok"'), "MALFORMED_JSON");
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => codeOf(text) !== "accepted"));
});

function pick({ code, message }: { code: string; message: string }): string[] {
  return [code, message];
}
