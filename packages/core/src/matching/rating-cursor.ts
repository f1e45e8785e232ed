import type { ChunkPlace, SortedChunks } from "./sorted-chunks.ts";
import type { Standing } from "./standing.ts";

/** Walks a list sorted by rating in one direction. */
export class RatingCursor {
  readonly #list: SortedChunks<Standing>;
  readonly #direction: 1 | -1;
  #chunk: number;
  #index: number;

  constructor(list: SortedChunks<Standing>, place: ChunkPlace, direction: 1 | -1) {
    this.#list = list;
    this.#chunk = place.chunk;
    this.#index = place.index;
    this.#direction = direction;
  }

  /** Where it stands; undefined beyond the end. */
  get item(): Standing | undefined {
    return this.#list.chunks[this.#chunk]?.[this.#index];
  }

  step(): void {
    const { chunks } = this.#list;
    this.#index += this.#direction;
    if (this.#index >= 0 && this.#index < (chunks[this.#chunk]?.length ?? 0)) return;
    this.#chunk += this.#direction;
    this.#index = this.#direction > 0 ? 0 : (chunks[this.#chunk]?.length ?? 0) - 1;
  }
}
