/** Letters, marks, digits, punctuation, symbols and spaces: nothing that hides, breaks a line or turns a text around. */
export const printableForm = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u;

/** A stranger's words as they may be passed on: without what cannot be shown, and not too many. */
export function printable(text: string, lengthMax: number): string {
  return text
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, " ")
    .trim()
    .slice(0, lengthMax);
}

/** Whether a text can be a region's name, as players are told it. */
export function isRegionName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/.test(text);
}
