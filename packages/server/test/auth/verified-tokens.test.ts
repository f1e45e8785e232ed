import assert from "node:assert/strict";
import { test } from "node:test";
import { wireLimits } from "@matchforge/protocol";
import type { Identity } from "../../src/auth/tokens.ts";
import { Tokens } from "../../src/auth/tokens.ts";
import { VerifiedTokens } from "../../src/auth/verified-tokens.ts";

const ada: Identity = { player: "player_ada", guest: false, role: "player", expiresAt: 10_000 };

test("[H7] a token that was found valid stays so until it expires, and no other is taken for it", () => {
  const verified = new VerifiedTokens();
  verified.add("a.b.c", ada);
  assert.equal(verified.find("a.b.c", 9_999), ada);
  assert.equal(verified.find("a.b.c", 10_000), undefined);
  assert.equal(verified.find("a.b.d", 0), undefined);
});

test("[H7] the tokens remembered are no more than the connections a node takes; the oldest give way", () => {
  const verified = new VerifiedTokens();
  for (let index = 0; index <= wireLimits.connectionsPerNodeMax; index += 1) verified.add(`t${index}`, ada);
  assert.equal(verified.find("t0", 0), undefined);
  assert.equal(verified.find("t1", 0), ada);
  assert.equal(verified.find(`t${wireLimits.connectionsPerNodeMax}`, 0), ada);
});

test("[H8] a token changed by one letter is refused although the one it was made from is known", async () => {
  const tokens = new Tokens({
    secret: "ab".repeat(32),
    jwks: null,
    issuer: null,
    audience: "matchforge",
    shard: "main",
  });
  const token = await tokens.mint({ player: "player_ada", expiresAt: Date.now() + 60_000 });
  const first = await tokens.verify(token);
  assert.deepEqual(await tokens.verify(token), first);
  const [header = "", payload = "", signature = ""] = token.split(".");
  const changed = `${payload[0] === "e" ? "f" : "e"}${payload.slice(1)}`;
  for (const forged of [`${header}.${changed}.${signature}`, `${header}.${payload}.`])
    assert.deepEqual(await tokens.verify(forged), { ok: false, code: "INVALID_TOKEN" });
});
