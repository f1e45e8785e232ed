/** A rolling hash of texts: two 32-bit halves. It tells replicas apart; it is no protection against forgery. */
export interface ContentHash {
  readonly high: number;
  readonly low: number;
}

/** The hash of nothing. */
export const emptyContentHash: ContentHash = { high: 0x9e3779b9, low: 0x85ebca6b };

/**
 * Adds a text to a hash. The order of texts and where one ends count. For a given text no two hashes lead to
 * the same one: replicas that once differed do not agree again by applying the same entries. Two
 * multiplicative streams over pairs of code units, with MurmurHash3's finaliser (Appleby, public domain).
 *
 * @example
 * const hash = contentHashText(contentHash(emptyContentHash, "text")); // 16 hex digits
 */
export function contentHash(previous: ContentHash, text: string): ContentHash {
  const { length } = text;
  let high = previous.high ^ length;
  let low = previous.low | 0;
  for (let index = 0; index < length; index += 2) {
    const second = index + 1 < length ? text.charCodeAt(index + 1) : 0;
    const pair = text.charCodeAt(index) | (second << 16);
    high = Math.imul(high ^ pair, 0x9e3779b1);
    low = Math.imul(low ^ pair, 0x5f356495);
    high ^= high >>> 15;
    low ^= low >>> 13;
  }
  low ^= Math.imul(high, 0x27d4eb2f);
  high ^= Math.imul(low, 0x165667b1);
  return { high: mix(high), low: mix(low) };
}

/**
 * A hash as 16 hex digits.
 *
 * @example
 * contentHashText(contentHash(emptyContentHash, "text")); // "1ac2351dda0c1c73"
 */
export function contentHashText(hash: ContentHash): string {
  return hex(hash.high) + hex(hash.low);
}

function mix(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
