import { lineOf } from "./line-of.ts";
import { nearestWord } from "./nearest-word.ts";

/** Something wrong with what a person configured. */
export interface Problem {
  /** Where it was found: `PORT`, `--port`, `server.toml:3: port`, `arcade.toml:12: modes.code_duel.countdown`. */
  readonly where: string;
  readonly expected: string;
  readonly found: string;
  /** What to do, where that is more than to give what is expected. */
  readonly fix?: string;
  /** Of a file: the key, and its line where that can be told. */
  readonly key?: string;
  readonly line?: number;
}

/**
 * A problem as one line for people.
 *
 * @example
 * describeProblem({ where: "PORT", expected: "a whole number from 0 to 65535", found: '"http"' });
 * // PORT: expected a whole number from 0 to 65535, found "http"
 */
export function describeProblem({ where, expected, found }: Problem): string {
  return `${where}: expected ${expected}, found ${found}`;
}

/** What to do about a problem. */
export function fixOf({ fix, key, expected }: Problem): string {
  return fix ?? `correct ${key ?? "it"}: ${expected}`;
}

/** What to do about a name nobody knows. */
export function renameOrDrop(given: string, known: readonly string[]): string {
  const meant = nearestWord(given, known);
  return meant === undefined ? `drop ${given}` : `write ${meant}, or drop it`;
}

/** What is expected instead of a name nobody knows: the one that was meant, or else any of them. */
export function knownInstead(given: string, known: readonly string[]): string {
  const meant = nearestWord(given, known);
  return meant === undefined ? `only ${known.join(", ")}` : `a known name; did you mean ${meant}?`;
}

/** The place of a path within a file, with its line where that can be told. */
export function placeIn(name: string, { path, text }: { path: string; text: string }): string {
  return placeAt(name, { path, line: lineOf(text, path) });
}

/** The same where the line is known, or known not to be told. */
export function placeAt(name: string, { path, line }: { path: string; line: number | undefined }): string {
  return line === undefined ? `${name}: ${path}` : `${name}:${line}: ${path}`;
}

/** A value as a problem shows it: JSON, cut where it is long. */
export function describeFound(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = jsonOf(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? `${item}` : item));
  } catch (error) {
    if (error instanceof RangeError) return "something nested too deeply to show";
    throw error;
  }
}
