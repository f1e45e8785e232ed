const compactAt = 4_096;

/** First in, first out, at the same price however long it is. */
export class Fifo<Item> {
  readonly #items: Item[];
  #from = 0;

  constructor(items: readonly Item[] = []) {
    this.#items = [...items];
  }

  get first(): Item | undefined {
    return this.#items[this.#from];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.#from === this.#items.length) return undefined;
    const item = this.#items[this.#from];
    this.#from += 1;
    if (this.#from >= compactAt) {
      this.#items.splice(0, this.#from);
      this.#from = 0;
    }
    return item;
  }
}
