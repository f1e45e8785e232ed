import { contentHash, emptyContentHash } from "../hashing/content-hash.ts";
import type { RequestOrigin } from "./commands.ts";
import { kernelLimits } from "./limits.ts";

/**
 * The requests of a player's clients that were carried out, the newest last: for each the hash of its key,
 * the hash of its body, and when. Plain numbers, because every waiting player has some.
 */
export type ClientRequests = readonly number[];

const numbersPerRequest = 3;

/** Before the first request. */
export const noRequests: ClientRequests = [];

/** The body hash of a remembered request, undefined when it is not remembered. */
export function bodyHashOf(requests: ClientRequests, key: string, time: number): number | undefined {
  if (requests.length === 0) return undefined;
  const hash = hashOf(key);
  for (let index = requests.length - numbersPerRequest; index >= 0; index -= numbersPerRequest) {
    if (time - requests[index + 2] > kernelLimits.requestsForMs) return undefined;
    if (requests[index] === hash) return requests[index + 1];
  }
  return undefined;
}

/** The requests with one more; the oldest fall out by age and by number. */
export function withRequest(requests: ClientRequests, origin: RequestOrigin, time: number): ClientRequests {
  const keptMax = (kernelLimits.requestsPerPlayer - 1) * numbersPerRequest;
  let from = Math.max(0, requests.length - keptMax);
  while (from < requests.length && time - requests[from + 2] > kernelLimits.requestsForMs)
    from += numbersPerRequest;
  return [...requests.slice(from), hashOf(origin.key), origin.bodyHash, time];
}

/** 52 bits: among a player's sixteen requests none collide by chance. */
function hashOf(key: string): number {
  const { high, low } = contentHash(emptyContentHash, key);
  return high * 0x10_0000 + (low >>> 12);
}
