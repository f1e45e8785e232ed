import { readFileSync } from "node:fs";
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";

const fetchTimeoutMs = 5_000;

/** Public keys could not be had: nothing can be said of any token. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
  readonly code = "STORE_UNAVAILABLE";
}

/** There is no key set where one was named; the message says what to do. */
export class KeySetError extends Error {
  override readonly name = "KeySetError";
  readonly code = "KEY_SET_UNUSABLE";
}

/**
 * Finds the public key a token was signed with, in a JWKS file or at a URL. The token chooses among these
 * keys by `kid` and never names a place to fetch one from.
 *
 * @throws KeySetError when the file cannot be read or holds no key set.
 */
export function publicKeysFrom(place: string): JWTVerifyGetKey {
  if (!/^https?:\/\//.test(place)) return fileKeys(place);
  const keyOf = createRemoteJWKSet(new URL(place), { timeoutDuration: fetchTimeoutMs });
  return async (header, token) => {
    try {
      return await keyOf(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      throw new KeysUnavailable(`The public keys at ${place} cannot be had.`, { cause: error });
    }
  };
}

function fileKeys(path: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = "Let jwks name a file with a JWKS that this user may read, or a URL.";
    throw new KeySetError(`${path} holds no keys that can be used: ${reason}. ${advice}`, { cause: error });
  }
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
