/** Something wrong with what a person configured. */
export interface Problem {
  /** Where it was found: `PORT`, `--port`, `server.toml: port`, `arcade.toml: modes.code_duel.countdown`. */
  readonly where: string;
  readonly expected: string;
  readonly found: string;
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

/** A value as a problem shows it: JSON, cut where it is long. */
export function describeFound(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? `${item}` : item));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
