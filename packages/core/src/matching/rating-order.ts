import { compareIds } from "../ids.ts";
import type { Standing } from "./standing.ts";

const digitBits = 11;
const buckets = 1 << digitBits;
const digitMask = buckets - 1;
const digitsPerWord = 3;

/**
 * The places of standings in the order of rating, draw and id: a radix sort over columns (draw, then the
 * rating's bits), because comparing objects one by one costs a cache miss each.
 */
export function ratingOrder(standings: readonly Standing[]): Uint32Array {
  const { draws, low, high } = keysOf(standings);
  let order = new Uint32Array(standings.length);
  let swap = new Uint32Array(standings.length);
  for (let place = 0; place < order.length; place += 1) order[place] = place;
  for (const words of [draws, low, high]) {
    for (let digit = 0; digit < digitsPerWord; digit += 1) {
      if (!scatter(words, digit * digitBits, { order, swap })) continue;
      [order, swap] = [swap, order];
    }
  }
  orderTies(standings, { order, draws, low, high });
  return order;
}

interface Keys {
  readonly draws: Uint32Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Words whose unsigned order is the order of draws and ratings: IEEE 754 doubles sort like their bits. */
function keysOf(standings: readonly Standing[]): Keys {
  const size = standings.length;
  const draws = new Uint32Array(size);
  const low = new Uint32Array(size);
  const high = new Uint32Array(size);
  const rating = new Float64Array(1);
  const bits = new Uint32Array(rating.buffer);
  for (let place = 0; place < size; place += 1) {
    const standing = standings[place];
    draws[place] = standing.draw ^ 0x8000_0000;
    rating[0] = standing.rating + 0;
    const flip = bits[1] >>> 31 === 1 ? 0xffff_ffff : 0;
    low[place] = bits[0] ^ flip;
    high[place] = bits[1] ^ (flip | 0x8000_0000);
  }
  return { draws, low, high };
}

/** One pass of the sort; false when all words have the same digit, and nothing was moved. */
function scatter(
  words: Uint32Array,
  shift: number,
  { order, swap }: { readonly order: Uint32Array; readonly swap: Uint32Array },
): boolean {
  const starts = new Uint32Array(buckets + 1);
  for (let place = 0; place < words.length; place += 1)
    starts[((words[place] >>> shift) & digitMask) + 1] += 1;
  if (words.length === 0 || starts[((words[0] >>> shift) & digitMask) + 1] === words.length) return false;
  for (let digit = 0; digit < buckets; digit += 1) starts[digit + 1] += starts[digit];
  for (let index = 0; index < order.length; index += 1) {
    const place = order[index];
    const digit = (words[place] >>> shift) & digitMask;
    swap[starts[digit]] = place;
    starts[digit] += 1;
  }
  return true;
}

/** Rating and draw may be equal; then the id decides. */
function orderTies(
  standings: readonly Standing[],
  { order, draws, low, high }: Keys & { order: Uint32Array },
): void {
  for (let index = 1; index < order.length; index += 1) {
    const place = order[index];
    let to = index;
    for (; to > 0; to -= 1) {
      const other = order[to - 1];
      const isTied =
        draws[other] === draws[place] && high[other] === high[place] && low[other] === low[place];
      if (!isTied || compareIds(standings[other].ticketId, standings[place].ticketId) < 0) break;
      order[to] = other;
    }
    order[to] = place;
  }
}
