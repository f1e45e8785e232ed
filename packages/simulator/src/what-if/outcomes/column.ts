/** A list of numbers that grows and takes eight bytes for each. */
export class Column {
  #values = new Float64Array(1_024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(value: number): void {
    if (this.#size === this.#values.length) {
      const grown = new Float64Array(this.#size * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#size] = value;
    this.#size += 1;
  }

  /** The numbers, in the order they came; not a copy. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#size);
  }
}
