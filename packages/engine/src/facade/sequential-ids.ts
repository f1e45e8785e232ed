import type { Ids } from "../ports.ts";

/** Ids that are the same in every run: made from the place in the log and a count. */
export function sequentialIds(position: () => number): Ids {
  let at = 0;
  let count = 0;
  return {
    next: (prefix) => {
      count = at === position() ? count + 1 : 1;
      at = position();
      return `${prefix}_${at}x${count}`;
    },
  };
}
