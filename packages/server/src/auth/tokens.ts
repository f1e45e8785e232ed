import { readFileSync } from "node:fs";
import type { PlayerId } from "@matchforge/core";
import type { ErrorCode } from "@matchforge/protocol";
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from "jose";

/** What a bearer may do. */
export type Role = "player" | "server" | "admin";

/** Who a token says its bearer is. */
export interface Identity {
  readonly player: PlayerId;
  readonly guest: boolean;
  readonly role: Role;
  /** Unix ms. */
  readonly expiresAt: number;
}

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
const playerIdPattern = /^player_[A-Za-z0-9_-]{1,57}$/;

/** Mints and checks tokens. The algorithm is this server's choice, never the token's. */
export class Tokens {
  readonly #options: TokenOptions;
  readonly #secret: Uint8Array;
  readonly #publicKeys: JWTVerifyGetKey | null;

  constructor(options: TokenOptions) {
    this.#options = options;
    this.#secret = Buffer.from(options.secret, "hex");
    this.#publicKeys = options.jwks === null ? null : keysFrom(options.jwks);
  }

  /** A signed token; only where tokens are signed with the shared secret. */
  async mint(claims: {
    readonly player: PlayerId;
    readonly role?: Role;
    readonly guest?: boolean;
    /** Unix ms. */
    readonly expiresAt: number;
  }): Promise<string> {
    const { audience, issuer, shard } = this.#options;
    const { player, role = "player", guest = false, expiresAt } = claims;
    const token = new SignJWT({ role, guest, shard })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setSubject(player)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(Math.floor(expiresAt / 1_000));
    if (issuer !== null) token.setIssuer(issuer);
    return token.sign(this.#secret);
  }

  /** Checks a token; never throws for anything a client can send. */
  async verify(token: string): Promise<Verified> {
    const { audience, issuer } = this.#options;
    const common = {
      audience,
      clockTolerance: clockToleranceSecs,
      requiredClaims: ["sub", "exp"],
      ...(issuer !== null && { issuer }),
    };
    try {
      const { payload } =
        this.#publicKeys === null
          ? await jwtVerify(token, this.#secret, { ...common, algorithms: ["HS256"] })
          : await jwtVerify(token, this.#publicKeys, { ...common, algorithms: ["EdDSA", "RS256"] });
      return this.#identityIn(payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { ok: false, code: "TOKEN_EXPIRED" };
      if (error instanceof errors.JWKSTimeout) return { ok: false, code: "STORE_UNAVAILABLE" };
      return { ok: false, code: "INVALID_TOKEN" };
    }
  }

  #identityIn({ sub = "", exp = 0, role = "player", guest = false, shard }: JWTPayload): Verified {
    const known = role === "player" || role === "server" || role === "admin";
    if (!playerIdPattern.test(sub) || !known || typeof guest !== "boolean")
      return { ok: false, code: "INVALID_TOKEN" };
    if (shard !== undefined && shard !== this.#options.shard) return { ok: false, code: "WRONG_SHARD" };
    return { ok: true, identity: { player: sub as PlayerId, guest, role, expiresAt: exp * 1_000 } };
  }
}

/** Whether a text can be a player's id. */
export function isPlayerId(text: string): text is PlayerId {
  return playerIdPattern.test(text);
}

function keysFrom(place: string): JWTVerifyGetKey {
  if (/^https?:\/\//.test(place)) return createRemoteJWKSet(new URL(place));
  return createLocalJWKSet(JSON.parse(readFileSync(place, "utf8")));
}
