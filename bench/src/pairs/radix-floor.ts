/** The floor: what sorting the ratings and looking at each once costs, as two passes of a radix sort and a scan. */
export function radixFloor(ratings: Float64Array): number {
  const size = ratings.length;
  const keys = new Uint16Array(size);
  const order = new Uint32Array(size);
  const swap = new Uint32Array(size);
  for (let index = 0; index < size; index += 1) {
    keys[index] = Math.max(0, Math.min(65_535, Math.round(ratings[index] * 8)));
    order[index] = index;
  }
  pass(keys, order, swap, 0);
  pass(keys, swap, order, 8);
  let pairs = 0;
  for (let index = 0; index + 1 < size; index += 2) {
    if (ratings[order[index + 1]] - ratings[order[index]] <= 100) pairs += 1;
  }
  return pairs;
}

function pass(keys: Uint16Array, from: Uint32Array, to: Uint32Array, shift: number): void {
  const starts = new Uint32Array(257);
  for (const item of from) starts[((keys[item] >>> shift) & 255) + 1] += 1;
  for (let digit = 0; digit < 256; digit += 1) starts[digit + 1] += starts[digit];
  for (const item of from) {
    const digit = (keys[item] >>> shift) & 255;
    to[starts[digit]] = item;
    starts[digit] += 1;
  }
}
