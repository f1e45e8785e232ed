import assert from "node:assert/strict";
import type { PlayerId, ServerId } from "@matchforge/core";
import { type ErrorCode, wireLimits } from "@matchforge/protocol";
import {
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyResult,
  jwtVerify,
  SignJWT,
} from "jose";
import { KeysUnavailable, publicKeysFrom } from "./public-keys.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

/** What a bearer may do. */
export const roles = ["player", "server", "admin"] as const;
export type Role = (typeof roles)[number];

/** A player, or an operator, who may play as well. */
export interface PlayerIdentity {
  readonly role: Exclude<Role, "server">;
  readonly player: PlayerId;
  readonly guest: boolean;
  /** Unix ms. */
  readonly expiresAt: number;
}

/** A game server that registers by this name, and acts for no other. */
export interface ServerIdentity {
  readonly role: "server";
  readonly server: ServerId;
  /** Unix ms. */
  readonly expiresAt: number;
}

/** Who a token says its bearer is. */
export type Identity = PlayerIdentity | ServerIdentity;

/** Whom a token is made for. */
type Bearer =
  | { readonly player: PlayerId; readonly role?: PlayerIdentity["role"]; readonly guest?: boolean }
  | { readonly server: ServerId };

/** A token that is valid here, or the code of the reason why not. */
export type Verified =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly code: ErrorCode };

/** Where tokens come from and what they are for. */
export interface TokenOptions {
  /** Hex: signs and checks HS256 tokens. */
  readonly secret: string;
  /** A file or URL of public keys: then only EdDSA and RS256 tokens of these keys are valid. */
  readonly jwks: string | null;
  readonly issuer: string | null;
  readonly audience: string;
  readonly shard: string;
}

const clockToleranceSecs = 5;
const playerIdPattern = new RegExp(`^player_[A-Za-z0-9_-]{1,${wireLimits.idLengthMax - "player_".length}}$`);
const serverIdPattern = new RegExp(`^server_[A-Za-z0-9_.-]{1,${wireLimits.idLengthMax - "server_".length}}$`);
/** What a token for signing in may call itself: passes of other kinds have types of their own. */
const sessionTypes: readonly unknown[] = [undefined, "jwt", "at+jwt"];

/**
 * Mints and checks tokens. The algorithm is this server's choice, never the token's.
 *
 * @example
 * const tokens = new Tokens({ secret, jwks: null, issuer: null, audience: "matchforge", shard: "main" });
 * const token = await tokens.mint({ player: "player_ada", expiresAt: Date.now() + 3_600_000 });
 * const verified = await tokens.verify(token);
 */
export class Tokens {
  readonly #options: TokenOptions;
  readonly #secret: Uint8Array;
  readonly #publicKeys: JWTVerifyGetKey | null;
  /** Null where keys are public: one that is withdrawn takes its tokens with it. */
  readonly #verified: VerifiedTokens | null;

  /** @throws Error when the file of public keys cannot be used. */
  constructor(options: TokenOptions) {
    this.#options = options;
    this.#secret = Buffer.from(options.secret, "hex");
    assert.ok(this.#secret.length >= 32, "a token secret has 32 bytes or more");
    this.#publicKeys = options.jwks === null ? null : publicKeysFrom(options.jwks);
    this.#verified = this.#publicKeys === null ? new VerifiedTokens() : null;
  }

  /** A signed token; only where tokens are signed with the shared secret. */
  async mint(
    claims: Bearer & {
      /** Unix ms. */
      readonly expiresAt: number;
      /** Another shard of the deployment, whose nodes share the secret. */
      readonly shard?: string;
    },
  ): Promise<string> {
    assert.ok(this.#publicKeys === null, "tokens are minted where they are signed with the secret");
    const { audience, issuer } = this.#options;
    const { expiresAt, shard = this.#options.shard } = claims;
    const { subject, ...said } = sayingOf(claims);
    const token = new SignJWT({ ...said, shard })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(Math.floor(expiresAt / 1_000));
    if (issuer !== null) token.setIssuer(issuer);
    return token.sign(this.#secret);
  }

  /** Checks a token; never throws for anything a client can send. */
  async verify(token: string): Promise<Verified> {
    if (token.length > wireLimits.tokenLengthMax) return { ok: false, code: "INVALID_TOKEN" };
    const known = this.#verified?.find(token, Date.now());
    if (known !== undefined) return { ok: true, identity: known };
    try {
      const verified = this.#identityIn(await this.#signed(token));
      if (verified.ok) this.#verified?.add(token, verified.identity);
      return verified;
    } catch (error) {
      if (error instanceof KeysUnavailable) return { ok: false, code: error.code };
      if (error instanceof errors.JWTExpired) return { ok: false, code: "TOKEN_EXPIRED" };
      // Whatever else a token makes the library throw is a fault of the token.
      return { ok: false, code: "INVALID_TOKEN" };
    }
  }

  #signed(token: string): Promise<JWTVerifyResult> {
    const { audience, issuer } = this.#options;
    const expected = {
      audience,
      clockTolerance: clockToleranceSecs,
      requiredClaims: ["sub", "exp", "shard"],
      ...(issuer !== null && { issuer }),
    };
    return this.#publicKeys === null
      ? jwtVerify(token, this.#secret, { ...expected, algorithms: ["HS256"] })
      : jwtVerify(token, this.#publicKeys, { ...expected, algorithms: ["EdDSA", "RS256"] });
  }

  #identityIn({ payload, protectedHeader }: JWTVerifyResult): Verified {
    const { sub = "", exp = 0, role = "player", guest = false, shard }: JWTPayload = payload;
    const known = roles.find((candidate) => candidate === role);
    const isSession = sessionTypes.includes(protectedHeader.typ?.toLowerCase());
    if (!isSession || known === undefined || typeof guest !== "boolean")
      return { ok: false, code: "INVALID_TOKEN" };
    const expiresAt = exp * 1_000;
    if (known === "server" ? !isServerId(sub) : !isPlayerId(sub)) return { ok: false, code: "INVALID_TOKEN" };
    if (shard !== this.#options.shard) return { ok: false, code: "WRONG_SHARD" };
    if (known === "server")
      return { ok: true, identity: { role: known, server: sub as ServerId, expiresAt } };
    return { ok: true, identity: { role: known, player: sub as PlayerId, guest, expiresAt } };
  }
}

function sayingOf(bearer: Bearer) {
  if ("server" in bearer) return { subject: bearer.server, role: "server" };
  const { player: subject, role = "player", guest = false } = bearer;
  return { subject, role, guest };
}

/** Whether a text can be a game server's id. */
export function isServerId(text: string): text is ServerId {
  return serverIdPattern.test(text);
}

/** Whether a text can be a player's id. */
export function isPlayerId(text: string): text is PlayerId {
  return playerIdPattern.test(text);
}
