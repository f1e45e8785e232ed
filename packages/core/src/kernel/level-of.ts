import type { Rules } from "../rules/rules.ts";
import { levelOfServers } from "./state.ts";

/**
 * The kernel level that rules need: below it, what one of their modes requires is passed over.
 *
 * @example
 * levelOf(defineRules({ modes: [defineMode({ id: "quick" })] })); // 1
 */
export function levelOf({ modes }: Rules): number {
  const isServed = modes.some(
    ({ enabled, available, requires }) =>
      enabled && available && (requires.includes("loading") || requires.includes("server")),
  );
  return isServed ? levelOfServers : 1;
}
