const digitBits = 11;
const buckets = 1 << digitBits;
const digitMask = buckets - 1;
const digitsPerWord = 3;

/**
 * The places of ratings from the lowest to the highest; equal ones stay in the order given. A radix sort
 * of their bits, because comparing costs a cache miss each.
 */
export function ratingOrder(ratings: Float64Array): Uint32Array {
  const { low, high } = keysOf(ratings);
  let order = new Uint32Array(ratings.length);
  let swap = new Uint32Array(ratings.length);
  for (let place = 0; place < order.length; place += 1) order[place] = place;
  for (const words of [low, high]) {
    if (isUniform(words)) continue;
    for (let digit = 0; digit < digitsPerWord; digit += 1) {
      if (!scatter(words, digit * digitBits, { order, swap })) continue;
      [order, swap] = [swap, order];
    }
  }
  return order;
}

/** Words whose unsigned order is the order of the ratings: IEEE 754 doubles sort like their bits. */
function keysOf(ratings: Float64Array): { readonly low: Uint32Array; readonly high: Uint32Array } {
  const size = ratings.length;
  const low = new Uint32Array(size);
  const high = new Uint32Array(size);
  const rating = new Float64Array(1);
  const bits = new Uint32Array(rating.buffer);
  for (let place = 0; place < size; place += 1) {
    rating[0] = ratings[place] + 0;
    const flip = bits[1] >>> 31 === 1 ? 0xffff_ffff : 0;
    low[place] = bits[0] ^ flip;
    high[place] = bits[1] ^ (flip | 0x8000_0000);
  }
  return { low, high };
}

/** Whole ratings have no bits in the low word: no pass is needed for them. */
function isUniform(words: Uint32Array): boolean {
  for (let place = 1; place < words.length; place += 1) if (words[place] !== words[0]) return false;
  return true;
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
