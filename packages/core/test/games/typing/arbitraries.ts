import fc from "fast-check";

/** Few letters, so that keys are often right, and a text is sometimes completed. */
const letters = ["a", "b"];

/** A short text of two characters or more. */
export const shortText = fc
  .array(fc.constantFrom(...letters), { minLength: 2, maxLength: 8 })
  .map((list) => list.join(""));

/** Keys with errors and backspaces. */
export const someKeys = fc
  .array(fc.constantFrom(...letters, ...letters, "\b"), { maxLength: 40 })
  .map((list) => list.join(""));

/** Keys that complete a text after some detours, and then go on. */
export function keysBeyond(text: string) {
  return fc
    .tuple(someKeys, someKeys)
    .map(([before, after]) => `${before}${"\b".repeat(before.length)}${text}${after}`);
}

/** A text with keys for it, that often but not always complete it. */
export const textAndKeys = shortText.chain((text) =>
  fc.oneof(someKeys, keysBeyond(text)).map((keys) => ({ text, keys })),
);
