import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { clientAddress } from "../../src/auth/client-address.ts";
import { originCheck } from "../../src/auth/origins.ts";
import { readOrCreateSecret } from "../../src/auth/secrets.ts";
import { Tokens } from "../../src/auth/tokens.ts";

const folder = mkdtempSync(join(tmpdir(), "matchforge-auth-"));
after(() => rmSync(folder, { recursive: true }));

const secret = "ab".repeat(32);
const key = Buffer.from(secret, "hex");
const options = { secret, jwks: null, issuer: null, audience: "matchforge", shard: "main" };
const tokens = new Tokens(options);
const claims = { role: "player", guest: false, shard: "main" };
const soon = () => Date.now() + 60_000;

function signed(
  payload: object,
  change: (token: SignJWT) => SignJWT = (token) => token,
  header = { alg: "HS256", typ: "JWT" },
): Promise<string> {
  const token = new SignJWT({ ...payload })
    .setProtectedHeader(header)
    .setSubject("player_ada")
    .setAudience("matchforge")
    .setExpirationTime("1m");
  return change(token).sign(key);
}

const codeOf = async (token: string, by = tokens) => {
  const verified = await by.verify(token);
  return verified.ok ? "ok" : verified.code;
};

test("[H7] a minted token says who its bearer is, until it expires", async () => {
  const expiresAt = Math.floor(soon() / 1_000) * 1_000;
  const token = await tokens.mint({ player: "player_ada", expiresAt });
  assert.deepEqual(await tokens.verify(token), {
    ok: true,
    identity: { player: "player_ada", guest: false, role: "player", expiresAt },
  });
  const old = await tokens.mint({ player: "player_ada", expiresAt: Date.now() - 60_000 });
  assert.equal(await codeOf(old), "TOKEN_EXPIRED");
});

test("[H8] a token that is not made for here signs nobody in", async () => {
  assert.equal(await codeOf(await signed(claims)), "ok");
  const stranger = new Tokens({ ...options, secret: "cd".repeat(32) });
  assert.equal(
    await codeOf(await stranger.mint({ player: "player_ada", expiresAt: soon() })),
    "INVALID_TOKEN",
  );
  const unsecured = new UnsecuredJWT(claims)
    .setSubject("player_ada")
    .setAudience("matchforge")
    .setExpirationTime("1m")
    .encode();
  assert.equal(await codeOf(unsecured), "INVALID_TOKEN");
  const bad = [
    signed(claims, (token) => token.setAudience("other")),
    signed(claims, undefined, { alg: "HS512", typ: "JWT" }),
    signed(claims, undefined, { alg: "HS256", typ: "match-ticket" }),
    signed(claims, (token) => token.setSubject("admin")),
    signed(claims, (token) => token.setSubject("player_")),
    signed({ ...claims, role: "god" }),
    signed({ ...claims, guest: "yes" }),
    signed({ role: "player", guest: false }),
    new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("player_ada")
      .setAudience("matchforge")
      .sign(key),
  ];
  for (const token of await Promise.all(bad)) assert.equal(await codeOf(token), "INVALID_TOKEN", token);
  assert.equal(await codeOf(await signed({ ...claims, shard: "europe" })), "WRONG_SHARD");
  for (const nonsense of ["", "a.b.c", "x".repeat(10_000)])
    assert.equal(await codeOf(nonsense), "INVALID_TOKEN");
});

test("[H9] with public keys only EdDSA and RS256 tokens of those keys are valid", async () => {
  const own = await generateKeyPair("EdDSA", { extractable: true });
  const foreign = await generateKeyPair("EdDSA", { extractable: true });
  const file = join(folder, "keys.json");
  writeFileSync(
    file,
    JSON.stringify({ keys: [{ ...(await exportJWK(own.publicKey)), kid: "one", alg: "EdDSA" }] }),
  );
  const byKeys = new Tokens({ ...options, jwks: file, issuer: "https://id.example" });
  const sign = (privateKey: CryptoKey, issuer = "https://id.example") =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: "EdDSA", kid: "one" })
      .setSubject("player_ada")
      .setAudience("matchforge")
      .setIssuer(issuer)
      .setExpirationTime("1m")
      .sign(privateKey);
  assert.equal(await codeOf(await sign(own.privateKey), byKeys), "ok");
  assert.equal(await codeOf(await sign(foreign.privateKey), byKeys), "INVALID_TOKEN");
  assert.equal(await codeOf(await sign(own.privateKey, "https://other.example"), byKeys), "INVALID_TOKEN");
  assert.equal(await codeOf(await signed(claims), byKeys), "INVALID_TOKEN");
});

test("[H10] a secret is made once, for its owner alone, and not used when others can read it", () => {
  const file = join(folder, "deep", "token.secret");
  const made = readOrCreateSecret(file);
  assert.match(made, /^[0-9a-f]{64}$/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(readOrCreateSecret(file), made);
  chmodSync(file, 0o644);
  assert.throws(() => readOrCreateSecret(file), { code: "SECRET_EXPOSED", message: /chmod 600/ });
  chmodSync(file, 0o600);
  writeFileSync(file, "hunter2");
  assert.throws(() => readOrCreateSecret(file), { code: "SECRET_MALFORMED" });
});

test("[H11] a forwarded address counts only as far as trusted proxies wrote it", () => {
  const request = (remoteAddress: string, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;
  const addressOf = clientAddress(["10.0.0.0/8"]);
  assert.equal(addressOf(request("203.0.113.7", "1.1.1.1")), "203.0.113.7");
  assert.equal(addressOf(request("10.0.0.1", "6.6.6.6, 203.0.113.9")), "203.0.113.9");
  assert.equal(addressOf(request("10.0.0.1", "203.0.113.9, 10.0.0.2")), "203.0.113.9");
  assert.equal(addressOf(request("::ffff:10.0.0.1", "203.0.113.9")), "203.0.113.9");
});

test("[H12] a page may connect from the server's own origin and from those listed", () => {
  const mayConnect = originCheck(["https://play.example"]);
  assert.equal(mayConnect(undefined, "host:1"), true);
  assert.equal(mayConnect("http://host:1", "host:1"), true);
  assert.equal(mayConnect("https://play.example", "host:1"), true);
  assert.equal(mayConnect("https://evil.example", "host:1"), false);
  assert.equal(mayConnect("null", "host:1"), false);
});
