/** What of a ticket a client knows, as a version says it. */
export interface KnownVersion {
  /** The place in the log of the last thing that happened to it. */
  readonly at: number;
  /** Its place and estimate while it waits, which move without anything happening to it. */
  readonly figures: string | null;
}

/**
 * A version as text. Nodes make the same one of the same state, and a later one is never below an earlier one's `at`.
 *
 * @example
 * versionText({ at: 1042, figures: "3.25" }); // "1042.3.25"
 */
export function versionText({ at, figures }: KnownVersion): string {
  return figures === null ? `${at}` : `${at}.${figures}`;
}

/** Reads a version that keeps to its schema. */
export function readVersion(text: string): KnownVersion {
  const [at = "", ...figures] = text.split(".");
  return { at: Number(at), figures: figures.length === 0 ? null : figures.join(".") };
}
