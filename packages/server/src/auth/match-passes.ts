import { hmacSha256Hex, type MatchId, type PlayerId, type ServerId } from "@matchforge/core";
import { wireLimits } from "@matchforge/protocol";
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";

/** What a match ticket says: who may go to which server for which match, once. */
export interface MatchTicketClaims {
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly server: ServerId;
  readonly attempt: number;
  readonly serial: number;
}

/** Whom a server acts for: one match, as the server of one attempt. */
export interface MatchCredentialClaims {
  readonly match: MatchId;
  readonly attempt: number;
}

/** What a pass says, or why it is not taken. */
export type Read<Claims> =
  | { readonly ok: true; readonly claims: Claims }
  | { readonly ok: false; readonly code: "MATCH_TICKET_INVALID" | "MATCH_TICKET_EXPIRED" | "INVALID_TOKEN" };

const ticketType = "match-ticket+jwt";
const credentialType = "match-credential+jwt";
const algorithm = "HS256";
const purpose = "match passes";
const clockToleranceSecs = 5;

/**
 * Signs and reads what players and game servers show each other: match tickets, and the credentials with which a server
 * acts for one match. They are signed with a key of their own and say of what kind they are, so that neither is worth
 * anything as the other or as a session. Whether a ticket was used, and a server replaced, the kernel knows.
 *
 * @example
 * const passes = new MatchPasses({ secret, shard: "main" });
 * const ticket = await passes.ticketFor({ match, player, server, attempt: 1, serial: 7 }, Date.now() + 60_000);
 */
export class MatchPasses {
  readonly #key: Uint8Array;
  readonly #issuer: string;

  constructor({ secret, shard }: { readonly secret: string; readonly shard: string }) {
    this.#key = Buffer.from(hmacSha256Hex(secret, purpose), "hex");
    this.#issuer = `matchforge:${shard}`;
  }

  /** A match ticket that is good until `expiresAt`, unix ms. */
  ticketFor(claims: MatchTicketClaims, expiresAt: number): Promise<string> {
    const { match, player, server, attempt, serial } = claims;
    return new SignJWT({ match, server, attempt, serial })
      .setProtectedHeader({ alg: algorithm, typ: ticketType })
      .setSubject(player)
      .setIssuer(this.#issuer)
      .setExpirationTime(Math.ceil(expiresAt / 1_000))
      .sign(this.#key);
  }

  /** The credential of the server of one attempt; it is worth something as long as the match is and has that server. */
  credentialFor({ match, attempt }: MatchCredentialClaims): Promise<string> {
    return new SignJWT({ attempt })
      .setProtectedHeader({ alg: algorithm, typ: credentialType })
      .setSubject(match)
      .setIssuer(this.#issuer)
      .sign(this.#key);
  }

  /** Reads a match ticket; never throws for anything a client can send. */
  async readTicket(text: string): Promise<Read<MatchTicketClaims>> {
    try {
      const { sub, match, server, attempt, serial } = await this.#read(text, ticketType);
      const isTicket =
        typeof sub === "string" &&
        typeof match === "string" &&
        typeof server === "string" &&
        typeof attempt === "number" &&
        typeof serial === "number";
      if (!isTicket) return { ok: false, code: "MATCH_TICKET_INVALID" };
      const claims = { player: sub as PlayerId, match: match as MatchId, server: server as ServerId };
      return { ok: true, claims: { ...claims, attempt, serial } };
    } catch (error) {
      const isLate = error instanceof errors.JWTExpired;
      return { ok: false, code: isLate ? "MATCH_TICKET_EXPIRED" : "MATCH_TICKET_INVALID" };
    }
  }

  /** Reads a server's credential; never throws for anything a client can send. */
  async readCredential(text: string): Promise<Read<MatchCredentialClaims>> {
    try {
      const { sub, attempt } = await this.#read(text, credentialType);
      if (typeof sub !== "string" || typeof attempt !== "number") return { ok: false, code: "INVALID_TOKEN" };
      return { ok: true, claims: { match: sub as MatchId, attempt } };
    } catch {
      return { ok: false, code: "INVALID_TOKEN" };
    }
  }

  async #read(text: string, typ: string): Promise<JWTPayload> {
    if (text.length > wireLimits.tokenLengthMax) throw new RangeError("longer than any pass");
    const { payload } = await jwtVerify(text, this.#key, {
      algorithms: [algorithm],
      issuer: this.#issuer,
      typ,
      clockTolerance: clockToleranceSecs,
    });
    return payload;
  }
}
