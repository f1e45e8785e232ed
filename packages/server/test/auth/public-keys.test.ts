import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from "jose";
import { type TokenOptions, Tokens } from "../../src/auth/tokens.ts";

const folder = mkdtempSync(join(tmpdir(), "matchforge-keys-"));
const issuer = "https://id.example";
const options: TokenOptions = {
  secret: "ab".repeat(32),
  jwks: null,
  issuer,
  audience: "matchforge",
  shard: "main",
};

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let pairs: Readonly<Record<"EdDSA" | "RS256" | "ES256", Pair>>;
let keys: JWK[];
let byFile: Tokens;
let server: Server;
let url: string;
let answer: (response: ServerResponse) => void;
before(async () => {
  const made = await Promise.all(
    (["EdDSA", "RS256", "ES256"] as const).map((alg) => generateKeyPair(alg, { extractable: true })),
  );
  const [EdDSA, RS256, ES256] = made as [Pair, Pair, Pair];
  pairs = { EdDSA, RS256, ES256 };
  keys = await Promise.all(
    Object.entries(pairs).map(async ([alg, { publicKey }]) => ({
      ...(await exportJWK(publicKey)),
      kid: alg,
      alg,
    })),
  );
  const file = join(folder, "keys.json");
  writeFileSync(file, JSON.stringify({ keys }));
  byFile = new Tokens({ ...options, jwks: file });
  server = createServer((_request, response) => answer(response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function token(header: { alg: string; [name: string]: unknown }): SignJWT {
  return new SignJWT({ role: "player", guest: false, shard: "main" })
    .setProtectedHeader(header)
    .setSubject("player_ada")
    .setAudience("matchforge")
    .setIssuer(issuer)
    .setExpirationTime("1m");
}

async function codeOf(text: Promise<string>, tokens = byFile): Promise<string> {
  const verified = await tokens.verify(await text);
  return verified.ok ? "ok" : verified.code;
}

test("[H9] both kinds of key that are meant sign, no other, even one that is listed", async () => {
  for (const [alg, expected] of [
    ["EdDSA", "ok"],
    ["RS256", "ok"],
    ["ES256", "INVALID_TOKEN"],
  ] as const)
    assert.equal(await codeOf(token({ alg, kid: alg }).sign(pairs[alg].privateKey)), expected, alg);
});

test("[H9] a token of a stranger's key under a listed name, or of another issuer, signs nobody in", async () => {
  const stranger = await generateKeyPair("EdDSA", { extractable: true });
  const listed = { alg: "EdDSA", kid: "EdDSA" };
  assert.equal(await codeOf(token(listed).sign(stranger.privateKey)), "INVALID_TOKEN");
  const elsewhere = token(listed).setIssuer("https://other.example");
  assert.equal(await codeOf(elsewhere.sign(pairs.EdDSA.privateKey)), "INVALID_TOKEN");
});

test("[H9] a public key is no secret: a token that uses it as one signs nobody in", async () => {
  const pem = new TextEncoder().encode(await exportSPKI(pairs.RS256.publicKey));
  const modulus = Buffer.from(keys[1]?.n ?? "", "base64url");
  for (const key of [pem, modulus, Buffer.from(options.secret, "hex")]) {
    for (const kid of ["RS256", "EdDSA"])
      assert.equal(await codeOf(token({ alg: "HS256", kid }).sign(key)), "INVALID_TOKEN");
  }
});

test("[H9] a token brings no key of its own, and names no place to fetch one", async () => {
  let asked = 0;
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const jwk = await exportJWK(publicKey);
  answer = (response) => {
    asked += 1;
    response.end(JSON.stringify({ keys: [jwk] }));
  };
  for (const extra of [{ jwk }, { jku: url }, { x5u: url }, { kid: url }, { kid: "../../keys.json" }])
    assert.equal(await codeOf(token({ alg: "EdDSA", ...extra }).sign(privateKey)), "INVALID_TOKEN");
  assert.equal(asked, 0);
});

test("[H9] keys at a URL are fetched once for many tokens", async () => {
  let asked = 0;
  answer = (response) => {
    asked += 1;
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
  };
  const byUrl = new Tokens({ ...options, jwks: url });
  const valid = () => codeOf(token({ alg: "EdDSA", kid: "EdDSA" }).sign(pairs.EdDSA.privateKey), byUrl);
  assert.deepEqual(await Promise.all([valid(), valid(), valid()]), ["ok", "ok", "ok"]);
  assert.equal(
    await codeOf(token({ alg: "EdDSA", kid: "other" }).sign(pairs.EdDSA.privateKey), byUrl),
    "INVALID_TOKEN",
  );
  assert.equal(asked, 1);
});

const failures: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  ["fails", (response) => response.writeHead(500).end()],
  ["answers nonsense", (response) => response.end("<html>")],
  ["answers something else", (response) => response.end('{"keys":7}')],
  ["hangs up", (response) => response.destroy()],
];
for (const [what, respond] of failures) {
  test(`[H9] while the place of the keys ${what}, nobody is told that their token is wrong`, async () => {
    answer = respond;
    const byUrl = new Tokens({ ...options, jwks: url });
    const valid = () => codeOf(token({ alg: "EdDSA", kid: "EdDSA" }).sign(pairs.EdDSA.privateKey), byUrl);
    assert.equal(await valid(), "STORE_UNAVAILABLE");
    answer = (response) => response.end(JSON.stringify({ keys }));
    assert.equal(await valid(), "ok");
  });
}

test("[H9] a file of keys that cannot be used ends the start", () => {
  const unusable = { name: "KeySetError", code: "KEY_SET_UNUSABLE", message: /Let jwks name a file/ };
  assert.throws(() => new Tokens({ ...options, jwks: join(folder, "none.json") }), unusable);
  const file = join(folder, "bad.json");
  for (const text of ["", "[]", '{"keys":3}']) {
    writeFileSync(file, text);
    assert.throws(() => new Tokens({ ...options, jwks: file }), unusable, text);
  }
});

test("[H9] where public keys decide, nothing is minted", async () => {
  await assert.rejects(byFile.mint({ player: "player_ada", expiresAt: Date.now() + 60_000 }), {
    name: "AssertionError",
  });
});
