/** Deadlines that moved by less than this are not told again. */
const toldMs = 250;

/**
 * Notices when shard time stood still while the log's clock went on: every deadline told as a time on the wall
 * has then moved.
 */
export class StallWatch {
  #offset: number | undefined;

  /** Looks at the state after an entry; true when deadlines must be told again. */
  moved({ at, time }: { readonly at: number; readonly time: number }): boolean {
    const before = this.#offset;
    const offset = at - time;
    if (before !== undefined && Math.abs(offset - before) <= toldMs) return false;
    this.#offset = offset;
    return before !== undefined;
  }
}
