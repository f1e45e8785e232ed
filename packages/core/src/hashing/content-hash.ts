/** A rolling hash of texts: two 32-bit halves. It tells replicas apart; it is no protection against forgery. */
export interface ContentHash {
  readonly high: number;
  readonly low: number;
}

/** The hash of nothing. */
export const emptyContentHash: ContentHash = { high: 0x9e3779b9, low: 0x85ebca6b };

/**
 * Adds a text to a hash. The order of texts and where one ends count. Two multiplicative streams over the
 * code units with MurmurHash3's finaliser (Appleby, public domain).
 *
 * @example
 * const hash = contentHashText(contentHash(emptyContentHash, "text")); // 16 hex digits
 */
export function contentHash(previous: ContentHash, text: string): ContentHash {
  let high = previous.high ^ text.length;
  let low = previous.low;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
    high ^= high >>> 15;
    low ^= low >>> 13;
  }
  return { high: mix(high ^ (low >>> 1)), low: mix(low ^ Math.imul(high, 0x27d4eb2f)) };
}

/** A hash as 16 hex digits. */
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
