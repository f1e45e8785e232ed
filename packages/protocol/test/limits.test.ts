import assert from "node:assert/strict";
import { test } from "node:test";
import { kernelLimits, teamFormatLimits, wishLimits } from "@matchforge/core";
import type { TSchema } from "typebox";
import { limitNotes, partySizeDefault, wireLimits } from "../src/index.ts";
import { clientMessageDefinitions } from "../src/schemas.ts";
import { parseClientMessage } from "../src/validate.ts";
import { refusalOf } from "./refusal-of.ts";

const bytesMax = wireLimits.messageBytesMax;

/** A `pong` of exactly so many bytes, filled up with spaces, which JSON allows. */
function pongOf(bytes: number, filler = " "): string {
  const text = '{"type":"pong","id":"a","ts":1,"data":{}}';
  return text + filler.repeat(Math.floor((bytes - text.length) / Buffer.byteLength(filler)));
}

test("[P17] a message of exactly the bytes allowed is read, one more is too large", () => {
  assert.equal(parseClientMessage(pongOf(bytesMax)).ok, true);
  assert.equal(refusalOf(pongOf(bytesMax + 1)).code, "PAYLOAD_TOO_LARGE");
});

test("[P17] bytes count, not characters, and nothing too large is parsed", () => {
  const euros = `"${"€".repeat(bytesMax / 3 + 1)}"`;
  assert.ok(euros.length < bytesMax);
  assert.equal(refusalOf(euros).code, "PAYLOAD_TOO_LARGE");
  assert.equal(refusalOf("{".repeat(bytesMax + 1)).code, "PAYLOAD_TOO_LARGE");
});

test("[P18] nesting deeper than allowed is refused, however deep it is", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  for (const depth of [wireLimits.messageDepthMax + 1, 100, 8_000]) {
    assert.equal(refusalOf(nested(depth)).code, "PAYLOAD_TOO_DEEP", `${depth} deep`);
  }
  assert.equal(refusalOf(nested(wireLimits.messageDepthMax)).code, "INVALID_ENVELOPE");
});

test("[P19] an object or array of too many entries is refused", () => {
  const wide = Object.fromEntries(
    Array.from({ length: wireLimits.entriesPerValueMax + 1 }, (_, key) => [`k${key}`, 1]),
  );
  assert.equal(refusalOf({ type: "pong", id: "a", ts: 1, data: wide }).code, "PAYLOAD_TOO_LARGE");
  assert.equal(refusalOf(Object.keys(wide)).code, "PAYLOAD_TOO_LARGE");
});

test("[P20] everything a client may send is bounded by its schema", () => {
  for (const { type, data } of clientMessageDefinitions) assertBounded(data, type);
});

function assertBounded(schema: TSchema, path: string): void {
  const { type, anyOf, properties, patternProperties, items } = schema as unknown as Record<string, never>;
  const at = schema as unknown as Record<string, unknown>;
  for (const branch of (anyOf as TSchema[] | undefined) ?? []) assertBounded(branch, path);
  for (const [key, inner] of Object.entries((properties as Record<string, TSchema> | undefined) ?? {}))
    assertBounded(inner, `${path}.${key}`);
  for (const inner of Object.values((patternProperties as Record<string, TSchema> | undefined) ?? {})) {
    assert.ok(at.maxProperties !== undefined, `${path} has no maxProperties`);
    assertBounded(inner, `${path}.*`);
  }
  if (type === "array") {
    assert.ok(at.maxItems !== undefined, `${path} has no maxItems`);
    assertBounded(items as unknown as TSchema, `${path}[]`);
  }
  if (type === "string" && at.const === undefined && at.enum === undefined) {
    const bounded = at.maxLength !== undefined || /\{\d+,\d+\}\$$/.test(String(at.pattern));
    assert.ok(bounded, `${path} has neither maxLength nor a bounded pattern`);
  }
  if (type === "integer")
    assert.ok(at.minimum !== undefined && at.maximum !== undefined, `${path} has no bounds`);
}

test("[P20] numbers are finite", () => {
  assert.equal(refusalOf('{"type":"pong","id":"a","ts":1e999,"data":{}}').code, "INVALID_ENVELOPE");
});

test("[P21] limits fit each other, and each says what happens at it", () => {
  assert.deepEqual(Object.keys(limitNotes).sort(), Object.keys(wireLimits).sort());
  for (const { bounds, outcome } of Object.values(limitNotes))
    assert.ok(bounds.length > 0 && outcome.length > 0);
  assert.ok(wireLimits.tokenLengthMax < bytesMax);
  assert.ok(wireLimits.keysPerMessageMax * 6 < bytesMax);
  assert.ok(wireLimits.pongTimeoutMs < wireLimits.pingIntervalMs);
  assert.ok(wireLimits.staleReplicaRefusesAfterMs < wireLimits.staleReplicaClosesAfterMs);
  assert.ok(wireLimits.queueUpdateMinIntervalMs < wireLimits.queueUpdateMaxIntervalMs);
  assert.ok(wireLimits.connectionsPerAddressMax <= wireLimits.connectionsPerNodeMax);
  assert.ok(wireLimits.messageBytesMax < wireLimits.outboundBufferBytesMax);
  assert.equal(wireLimits.membersPerPartyMax, kernelLimits.partyMembersMax);
  assert.equal(wireLimits.playersPerMatchMax, teamFormatLimits.playersMax);
  assert.ok(partySizeDefault <= wireLimits.membersPerPartyMax);
  assert.ok(wireLimits.rolesPerTicketMax <= wishLimits.rolesMax);
  assert.ok(wireLimits.blockedPerTicketMax <= wishLimits.blockedMax);
  assert.ok(wireLimits.regionsPerTicketMax <= wishLimits.regionsMax);
  assert.ok(wireLimits.nameLengthMax <= wishLimits.nameLengthMax);
});
