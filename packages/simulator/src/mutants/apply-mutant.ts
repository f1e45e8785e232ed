import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import type { Mutant } from "./mutant.ts";

/** The root of the repository. */
export const root = new URL("../../../../", import.meta.url);

/**
 * Changes one source file as it is loaded, so that the product holds no switch. What is loaded already stays as it is:
 * call it before the first import of the product.
 *
 * @throws Error where the text to change does not stand in the file exactly once.
 * @example
 * applyMutant(mutants[0]);
 * const { simulateWorld } = await import("../world/simulate-world.ts");
 */
export function applyMutant({ id, file, find, replace }: Mutant): void {
  const target = new URL(file, root);
  const parts = readFileSync(target, "utf8").split(find);
  if (parts.length !== 2) throw new Error(`${id}: its text stands ${parts.length - 1} times in ${file}.`);
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (url !== target.href) return loaded;
      const { source } = loaded;
      const text = typeof source === "string" ? source : new TextDecoder().decode(source);
      return { ...loaded, source: text.split(find).join(replace) };
    },
  });
}
