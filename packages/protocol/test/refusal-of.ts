import assert from "node:assert/strict";
import { type ParsedClientMessage, parseClientMessage } from "../src/validate.ts";

/** Why a message is not accepted; fails the test if it is. */
export function refusalOf(message: unknown): Extract<ParsedClientMessage, { ok: false }> {
  const parsed = parseClientMessage(typeof message === "string" ? message : JSON.stringify(message));
  assert.ok(!parsed.ok, `accepted: ${JSON.stringify(message)}`);
  return parsed;
}
