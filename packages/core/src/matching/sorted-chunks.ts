/** Below 0 when `left` comes first; 0 only for the same item. */
export type Compare<T> = (left: T, right: T) => number;

/** The place of an item: its chunk and its index there. */
export interface ChunkPlace {
  readonly chunk: number;
  readonly index: number;
}

const chunkMax = 512;

/**
 * A sorted list in chunks of at most 512, so that adding and removing move a few hundred references at
 * most. Finding a place is two binary searches; reading in order is as fast as an array.
 */
export class SortedChunks<T> {
  readonly #compare: Compare<T>;
  readonly #chunks: T[][] = [];
  #size = 0;

  constructor(compare: Compare<T>) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  get chunks(): readonly (readonly T[])[] {
    return this.#chunks;
  }

  add(item: T): void {
    this.#size += 1;
    if (this.#chunks.length === 0) {
      this.#chunks.push([item]);
      return;
    }
    const chunkIndex = Math.min(this.#chunkFor(item), this.#chunks.length - 1);
    const chunk = this.#chunks[chunkIndex];
    const index = lowerBound(chunk, item, this.#compare);
    if (index === chunk.length) chunk.push(item);
    else chunk.splice(index, 0, item);
    if (chunk.length <= chunkMax) return;
    // A list that grows at its end keeps its chunks full; one that grows in the middle halves them.
    const keep =
      chunkIndex === this.#chunks.length - 1 && index === chunk.length - 1 ? chunkMax : chunkMax / 2;
    this.#chunks.splice(chunkIndex + 1, 0, chunk.splice(keep));
  }

  /** Removes an item; false when it is not there. */
  remove(item: T): boolean {
    const { chunk: chunkIndex, index } = this.placeOf(item);
    const chunk = this.#chunks[chunkIndex];
    if (chunk === undefined || chunk[index] !== item) return false;
    this.#size -= 1;
    if (chunk.length === 1) this.#chunks.splice(chunkIndex, 1);
    else if (index === chunk.length - 1) chunk.pop();
    else chunk.splice(index, 1);
    return true;
  }

  /** Where an item is, or would be. */
  placeOf(item: T): ChunkPlace {
    const chunk = this.#chunkFor(item);
    if (chunk === this.#chunks.length) return { chunk, index: 0 };
    return { chunk, index: lowerBound(this.#chunks[chunk], item, this.#compare) };
  }

  /** How many items come before this one. */
  rankOf(item: T): number {
    const place = this.placeOf(item);
    let rank = place.index;
    for (let chunk = 0; chunk < place.chunk; chunk += 1) rank += this.#chunks[chunk].length;
    return rank;
  }

  /** The first chunk whose last item does not come before this one. */
  #chunkFor(item: T): number {
    const chunks = this.#chunks;
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = chunks[middle];
      if (this.#compare(chunk[chunk.length - 1], item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function lowerBound<T>(items: readonly T[], item: T, compare: Compare<T>): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(items[middle], item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
