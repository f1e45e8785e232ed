/** Draws from 0 up to 1, the same for the same seed (the constants are Knuth's for MMIX, cut to 32 bits). */
export function drawer(seed: number): () => number {
  let drawn = seed;
  return () => {
    drawn = (Math.imul(drawn, 0x4c957f2d) + 0xf767814f) >>> 0;
    return drawn / 2 ** 32;
  };
}
