import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { generateKeyPair, SignJWT } from "jose";
import { isPlayerId, Tokens } from "../../src/auth/tokens.ts";

const secret = "ab".repeat(32);
const key = Buffer.from(secret, "hex");
const options = {
  secret,
  jwks: null,
  issuer: "https://id.example",
  audience: "matchforge",
  shard: "main",
};
const tokens = new Tokens(options);
const inSecs = (secs: number) => Math.floor(Date.now() / 1_000) + secs;

function signed(payload: object = {}, header: object = {}): Promise<string> {
  const claims = {
    sub: "player_ada",
    aud: "matchforge",
    iss: "https://id.example",
    shard: "main",
    exp: inSecs(60),
    ...payload,
  };
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256", ...header }).sign(key);
}

async function codeOf(token: string): Promise<string> {
  const verified = await tokens.verify(token);
  return verified.ok ? "ok" : verified.code;
}

test("[H7] a minted token says who its bearer is, until it expires", async () => {
  const expiresAt = inSecs(60) * 1_000;
  const token = await tokens.mint({ player: "player_ada", expiresAt });
  assert.deepEqual(await tokens.verify(token), {
    ok: true,
    identity: { player: "player_ada", guest: false, role: "player", expiresAt },
  });
  const old = await tokens.mint({ player: "player_ada", expiresAt: inSecs(-60) * 1_000 });
  assert.equal(await codeOf(old), "TOKEN_EXPIRED");
});

test("[H7] a token carries one of the roles; without one its bearer plays", async () => {
  for (const role of ["player", "admin"] as const) {
    const token = await tokens.mint({
      player: "player_ada",
      role,
      guest: true,
      expiresAt: inSecs(60) * 1_000,
    });
    const verified = await tokens.verify(token);
    assert.ok(verified.ok && verified.identity.role !== "server");
    assert.deepEqual([verified.identity.role, verified.identity.guest], [role, true]);
  }
  const server = await tokens.verify(
    await tokens.mint({ server: "server_eu-1", expiresAt: inSecs(60) * 1_000 }),
  );
  assert.ok(server.ok && server.identity.role === "server");
  assert.equal(server.identity.server, "server_eu-1");
  const plain = await tokens.verify(await signed());
  assert.ok(plain.ok && plain.identity.role !== "server");
  assert.deepEqual([plain.identity.role, plain.identity.guest], ["player", false]);
});

test("[H7] a name of the one kind is none of the other", async () => {
  assert.equal(await codeOf(await signed({ role: "server" })), "INVALID_TOKEN");
  assert.equal(await codeOf(await signed({ sub: "server_eu-1" })), "INVALID_TOKEN");
});

test("[H7] clocks may differ by a few seconds, and no more", async () => {
  assert.equal(await codeOf(await signed({ exp: inSecs(-2) })), "ok");
  assert.equal(await codeOf(await signed({ exp: inSecs(-8) })), "TOKEN_EXPIRED");
  assert.equal(await codeOf(await signed({ nbf: inSecs(2) })), "ok");
  assert.equal(await codeOf(await signed({ nbf: inSecs(30) })), "INVALID_TOKEN");
});

const wrong: readonly (readonly [string, object, object?])[] = [
  ["another issuer", { iss: "https://evil.example" }],
  ["no issuer", { iss: undefined }],
  ["no audience", { aud: undefined }],
  ["an audience that is close", { aud: "matchforge2" }],
  ["no expiry", { exp: undefined }],
  ["an expiry that is no number", { exp: "tomorrow" }],
  ["no subject", { sub: undefined }],
  ["a subject too long", { sub: `player_${"a".repeat(60)}` }],
  ["a subject with a path", { sub: "player_../../x" }],
  ["a subject that is no player", { sub: "admin" }],
  ["a subject that is only the prefix", { sub: "player_" }],
  ["no shard", { shard: undefined }],
  ["a guest that is a text", { guest: "yes" }],
  ["a role nobody has", { role: "god" }],
  ["a role that is inherited", { role: "constructor" }],
  ["a role that is a list", { role: ["admin"] }],
  ["a header nobody knows and must", {}, { crit: ["x"], x: 1 }],
  ["another algorithm of the same key", {}, { alg: "HS512" }],
  ["the type of a match ticket", {}, { typ: "match-ticket+jwt" }],
];
for (const [what, payload, header] of wrong) {
  test(`[H8] ${what}: nobody is signed in`, async () => {
    // What this library refuses to sign, nobody brings with a valid signature.
    const token = await signed(payload, header).catch(() => "unsignable");
    assert.equal(await codeOf(token), "INVALID_TOKEN");
  });
}

test("[H8] a token of another server, or of another shard, signs nobody in", async () => {
  const stranger = new Tokens({ ...options, secret: "cd".repeat(32) });
  const foreign = await stranger.mint({ player: "player_ada", expiresAt: inSecs(60) * 1_000 });
  assert.equal(await codeOf(foreign), "INVALID_TOKEN");
  assert.equal(await codeOf(await signed({ shard: "europe" })), "WRONG_SHARD");
});

test("[H8] a token of a key pair, or without an algorithm, is none of the secret's", async () => {
  for (const alg of ["EdDSA", "RS256"]) {
    const { privateKey } = await generateKeyPair(alg);
    const token = await new SignJWT({ shard: "main" })
      .setProtectedHeader({ alg })
      .setSubject("player_ada")
      .setAudience("matchforge")
      .setIssuer("https://id.example")
      .setExpirationTime("1m")
      .sign(privateKey);
    assert.equal(await codeOf(token), "INVALID_TOKEN", alg);
  }
  const [, payload = "", signature = ""] = (await signed()).split(".");
  for (const alg of ["none", "None", "NONE", "", "hs256", null]) {
    const header = Buffer.from(JSON.stringify({ alg })).toString("base64url");
    for (const forged of [`${header}.${payload}.`, `${header}.${payload}.${signature}`])
      assert.equal(await codeOf(forged), "INVALID_TOKEN", String(alg));
  }
});

test("[H8] a token that was changed anywhere signs nobody in", async () => {
  const token = await signed();
  const letter = fc.constantFrom(..."ABCDEFGHabcdefgh0123-_.");
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 2), letter, async (at, put) => {
      fc.pre(token[at] !== put && token[at] !== ".");
      assert.notEqual(await codeOf(token.slice(0, at) + put + token.slice(at + 1)), "ok");
    }),
    { numRuns: 300 },
  );
});

test("[H8] whatever a client sends as a token, the answer is a code", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 300 }), async (text) => {
      assert.equal(await codeOf(text), "INVALID_TOKEN");
    }),
    { numRuns: 300 },
  );
});

test("[H8] a player's id is the prefix and few plain characters", () => {
  for (const id of ["player_a", "player_A-9_z", `player_${"a".repeat(57)}`]) assert.ok(isPlayerId(id), id);
  for (const id of ["player_", "Player_a", "player_a b", "player_é", "player_a\n", " player_a", "match_a"])
    assert.equal(isPlayerId(id), false, id);
});
