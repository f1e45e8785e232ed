import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { test } from "node:test";
import { clientAddress } from "../../src/auth/client-address.ts";

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

test("[H11] a forwarded address counts only as far as trusted proxies wrote it", () => {
  const addressOf = clientAddress(["10.0.0.0/8"]);
  assert.equal(addressOf(request("203.0.113.7", "1.1.1.1")), "203.0.113.7");
  assert.equal(addressOf(request("10.0.0.1", "6.6.6.6, 203.0.113.9")), "203.0.113.9");
  assert.equal(addressOf(request("10.0.0.1", "203.0.113.9, 10.0.0.2")), "203.0.113.9");
  assert.equal(addressOf(request("::ffff:10.0.0.1", "203.0.113.9")), "203.0.113.9");
});
