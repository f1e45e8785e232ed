/**
 * What a player has typed of a text, whole: enough to go on from on another node. The buffer is the right
 * prefix of the text followed by characters that must be removed first.
 */
export interface Typed {
  /** Characters of the text that are right so far: the longest correct prefix of the buffer. */
  readonly position: number;
  /** Characters in the buffer after that prefix. */
  readonly wrong: number;
  /** Keys pressed, backspaces included: the offset of the next key. */
  readonly keys: number;
  readonly backspaces: number;
  /** Keys that were not right when typed. */
  readonly errors: number;
}

/** Before the first key. */
export const nothingTyped: Typed = { position: 0, wrong: 0, keys: 0, backspaces: 0, errors: 0 };

/** The backspace key. */
export const backspace = "\b";

/**
 * Types keys, one after the other. A key is right when it extends the correct prefix; after a wrong key
 * nothing is right until it is removed. A backspace in an empty buffer does nothing. Typing ends where the
 * buffer equals the text: keys after that are not taken, so it does not matter how keys are cut into messages.
 *
 * @param options.keys one key for each UTF-16 code unit.
 * @example
 * typeKeys(nothingTyped, { text: "ls -l", keys: "lz\bs" }).position; // 2
 */
export function typeKeys(
  before: Typed,
  { text, keys }: { readonly text: string; readonly keys: string },
): Typed {
  let { position, wrong, backspaces, errors } = before;
  let taken = 0;
  while (taken < keys.length && (position < text.length || wrong > 0)) {
    const key = keys[taken];
    taken += 1;
    if (key === backspace) {
      backspaces += 1;
      if (wrong > 0) wrong -= 1;
      else if (position > 0) position -= 1;
    } else if (wrong === 0 && key === text[position]) {
      position += 1;
    } else {
      wrong += 1;
      errors += 1;
    }
  }
  return { position, wrong, keys: before.keys + taken, backspaces, errors };
}

/**
 * Whether the buffer equals the text: all of it is typed, and nothing wrong stands after it.
 *
 * @example
 * isComplete(typeKeys(nothingTyped, { text: "ls", keys: "ls" }), "ls"); // true
 */
export function isComplete(typed: Typed, text: string): boolean {
  return typed.position === text.length && typed.wrong === 0;
}
