import { type ErrorCode, wireLimits } from "@matchforge/protocol";
import type { Refusal } from "./problems.ts";

/** The fields behind an address's question mark, or why they are not taken. */
export type PageQuery<Field extends string> =
  | { readonly ok: true; readonly limit: number; readonly given: Readonly<Partial<Record<Field, string>>> }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads the query of a list that comes in pages: `limit`, and the fields its route has besides. A field given
 * twice is none.
 *
 * @example
 * const query = pageQuery(request.query, ["after"]);
 */
export function pageQuery<const Field extends string>(
  query: unknown,
  fields: readonly Field[],
): PageQuery<Field> {
  const given = query as Readonly<Record<string, unknown>>;
  const known: readonly string[] = ["limit", ...fields];
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name)) return refused("UNKNOWN_FIELD", `This address takes ${known.join(", ")}.`);
    if (typeof value !== "string" || value === "")
      return refused("INVALID_FIELD", `${name} is given once, with a value.`);
  }
  const { pageRowsMax } = wireLimits;
  const { limit = `${pageRowsMax}`, ...rest } = given as Readonly<Record<string, string>>;
  if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > pageRowsMax)
    return refused("INVALID_FIELD", `limit is a whole number from 1 to ${pageRowsMax}.`);
  return { ok: true, limit: Number(limit), given: rest as Partial<Record<Field, string>> };
}

function refused(code: ErrorCode, detail: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, detail } };
}

const nameShape = new RegExp(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,${wireLimits.nameLengthMax - 1}}$`);

/** Whether a text can be a mode's name. */
export function isModeName(text: string): boolean {
  return nameShape.test(text);
}
