import assert from "node:assert/strict";
import { test } from "node:test";
import { parseClientMessage } from "../src/validate.ts";
import { refusalOf } from "./refusal-of.ts";

const enter = (data: object) => ({ type: "queue.enter", id: "a", ts: 1, data });
const progress = (fields: string) =>
  `{"type":"game.progress","id":"a","ts":1,"data":{"match_id":"match_1","typed":"ab",${fields}}}`;

test("[P9] text that is not JSON is malformed", () => {
  for (const text of [
    "",
    " ",
    "{",
    "{}}",
    "{'type':1}",
    "undefined",
    "NaN",
    "[1,]",
    '{"a":1}//',
    "\u0000",
    "\ufeff{}",
  ]) {
    assert.equal(refusalOf(text).code, "MALFORMED_JSON", JSON.stringify(text));
  }
});

test("[P10] a type no client message has is unknown", () => {
  for (const type of [
    "queue.Enter",
    "",
    "ok",
    "constructor",
    "__proto__",
    "toString",
    "auth.success",
    "auth ",
  ]) {
    assert.equal(refusalOf({ type, id: "a", ts: 1, data: {} }).code, "UNKNOWN_TYPE", type);
  }
});

test("[P11] a missing field is named by its path", () => {
  const refusal = refusalOf({ type: "match.ready", id: "a", ts: 1, data: { response: "accept" } });
  assert.deepEqual([refusal.code, refusal.message], ["MISSING_FIELD", "data.match_id is missing."]);
});

test("[P12] an unknown field is named by its path, at any depth", () => {
  const paths = {
    "data.stakes": enter({ game_type: "code_duel", stakes: 1 }),
    "data.preferences.expand": enter({ game_type: "code_duel", preferences: { expand: true } }),
    "data.latencies._eu": enter({ game_type: "code_duel", latencies: { _eu: 12 } }),
  };
  for (const [path, message] of Object.entries(paths)) {
    const refusal = refusalOf(message);
    assert.deepEqual([refusal.code, refusal.message], ["UNKNOWN_FIELD", `${path} is not a known field.`]);
  }
});

test("[P12] keys of an object's machinery are unknown fields and touch no prototype", () => {
  for (const key of ["__proto__", "constructor", "prototype", "toString"]) {
    const nested = `{"game_type":"code_duel","preferences":{"${key}":{"polluted":true}}}`;
    for (const data of [`{"game_type":"code_duel","${key}":{"polluted":true}}`, nested]) {
      const refusal = refusalOf(`{"type":"queue.enter","id":"a","ts":1,"data":${data}}`);
      assert.equal(refusal.code, "UNKNOWN_FIELD");
      assert.match(refusal.message, new RegExp(`${key} is not a known field`));
    }
  }
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});

test("[P13] a wrong value is named by its path with what is expected", () => {
  const expectations: [object, string][] = [
    [enter({ game_type: 5 }), 'data.game_type must be: name of 1 to 32 letters, digits, "_", "." or "-".'],
    [
      enter({ game_type: "a", modes: ["b", ""] }),
      'data.modes.1 must be: name of 1 to 32 letters, digits, "_", "." or "-".',
    ],
    [enter({ game_type: "a", modes: Array(9).fill("b") }), "data.modes must be: list of up to 8 modes."],
    [
      enter({ game_type: "a", preferences: { min_opponent_rating: "1" } }),
      "data.preferences.min_opponent_rating must be: rating, or null.",
    ],
    [enter({ game_type: "a", latencies: { eu: -1 } }), "data.latencies.eu must be: milliseconds."],
    [
      { type: "match.ready", id: "a", ts: 1, data: { match_id: "m", response: "yes" } },
      "data.response must be: one of accept, decline.",
    ],
  ];
  for (const [message, sentence] of expectations) {
    const refusal = refusalOf(message);
    assert.deepEqual([refusal.code, refusal.message], ["INVALID_FIELD", sentence]);
  }
});

test("[P13] a number no double can hold is a wrong value", () => {
  assert.equal(refusalOf(progress('"from":1e400')).code, "INVALID_FIELD");
  assert.equal(refusalOf(progress('"from":0,"wpm":1e400')).code, "INVALID_FIELD");
  assert.equal(refusalOf(progress('"from":0.5')).code, "INVALID_FIELD");
  assert.equal(refusalOf(progress('"from":9007199254740993')).code, "INVALID_FIELD");
});

test("[P14] the most telling of several faults is named", () => {
  const base = { type: "match.ready", id: "a", ts: 1 };
  assert.equal(refusalOf({ ...base, ts: "x", data: {} }).code, "INVALID_ENVELOPE");
  assert.equal(refusalOf({ ...base, data: { response: "x", matchid: "m" } }).code, "MISSING_FIELD");
  assert.equal(refusalOf({ ...base, data: { response: "x", match_id: "m", more: 1 } }).code, "UNKNOWN_FIELD");
  assert.equal(refusalOf({ ...base, data: { response: "x", match_id: "m" } }).code, "INVALID_FIELD");
});

test("[P15] of a key given twice the last one counts", () => {
  const parsed = parseClientMessage('{"type":"auth","type":"pong","id":"a","id":"b","ts":1,"data":{}}');
  assert.deepEqual(parsed, { ok: true, message: { type: "pong", id: "b", ts: 1, data: {} } });
});

test("[P16] a refusal repeats no value and only cut and quoted keys", () => {
  const secret = "hunter2";
  for (const message of [
    { type: secret, id: "a", ts: 1, data: {} },
    { type: "auth", id: "a", ts: secret, data: {} },
    { type: "auth", id: "a", ts: 1, data: { token: `${secret} ${secret}` } },
    { type: "auth", id: "a", ts: 1, data: { token: "t", more: secret } },
    enter({ game_type: "a", custom: { note: [secret] } }),
  ]) {
    assert.doesNotMatch(refusalOf(message).message, new RegExp(secret));
  }
  const { message } = refusalOf({ type: "pong", id: "a", ts: 1, data: { [`\n${"k".repeat(500)}`]: 1 } });
  assert.equal(message, `data."\\n${"k".repeat(63)}" is not a known field.`);
});
