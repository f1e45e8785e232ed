import { hash } from "node:crypto";
import { wireLimits } from "@matchforge/protocol";
import type { Identity } from "./tokens.ts";

/**
 * The tokens that were found valid lately, so that a crowd that comes back at once is not checked signature by
 * signature. Only for tokens of a secret that lasts as long as this process: nothing but time ends what they say.
 * They are known by their SHA-256, which tells nobody how to forge one; the oldest give way.
 *
 * @example
 * const verified = new VerifiedTokens();
 * verified.add(token, identity);
 * verified.find(token, Date.now()); // the identity, until it expires
 */
export class VerifiedTokens {
  readonly #identities = new Map<string, Identity>();

  /** Whose token this is; undefined when it is not known, or has expired. */
  find(token: string, now: number): Identity | undefined {
    const identity = this.#identities.get(hash("sha256", token, "base64"));
    return identity !== undefined && now < identity.expiresAt ? identity : undefined;
  }

  /** Remembers a token that has just been found valid. */
  add(token: string, identity: Identity): void {
    const key = hash("sha256", token, "base64");
    this.#identities.delete(key);
    this.#identities.set(key, identity);
    if (this.#identities.size <= wireLimits.connectionsPerNodeMax) return;
    const [oldest] = this.#identities.keys();
    if (oldest !== undefined) this.#identities.delete(oldest);
  }
}
