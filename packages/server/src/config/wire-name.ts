import { wireLimits } from "@matchforge/protocol";
import type { TableReader } from "./table-reader.ts";

const wireName = new RegExp(`^[A-Za-z0-9_.-]{1,${wireLimits.nameLengthMax}}$`);

/** A name no message can carry could never be played. */
export function checkName(table: TableReader, { key, name }: { key: string; name: string }): void {
  if (name === "" || wireName.test(name)) return;
  table.note(key, `a name of at most ${wireLimits.nameLengthMax} letters, digits, _, . or -`, name);
}
