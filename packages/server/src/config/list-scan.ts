const quoted = /"(?:[^"\\]|\\.)*"|'[^']*'/g;

/** Follows a list of TOML over its lines, and tells on which of them each of its tables or lists begins. */
export class ListScan {
  #depth = 0;
  #items = 0;

  /** Whether the list has not come to its end. */
  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** Takes the next line, the first from the list's own bracket on; answers the places of the items that begin on it. */
  take(line: string): number[] {
    const begun: number[] = [];
    const bare = line.replaceAll(quoted, "").replace(/#.*/, "");
    for (const letter of bare) {
      if (letter === "[" || letter === "{") {
        this.#depth += 1;
        if (this.#depth === 2) begun.push(this.#items++);
      } else if (letter === "]" || letter === "}") {
        this.#depth -= 1;
        if (this.#depth === 0) break;
      }
    }
    return begun;
  }
}
