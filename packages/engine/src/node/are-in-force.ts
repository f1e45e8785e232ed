import { type Rules, reviveRules, type State } from "@matchforge/core";

/** Whether the shard plays by some rules. */
export function areInForce(rules: Rules, { rules: versions, rulesVersion }: State): boolean {
  return JSON.stringify(versions.get(rulesVersion)) === JSON.stringify(reviveRules(rules));
}
