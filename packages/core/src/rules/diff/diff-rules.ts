import { reviveRules } from "../revive-rules.ts";
import type { ModeRules, Rules } from "../rules.ts";

/** One rule that two versions state differently. */
export interface RuleChange {
  /** The path inside the mode, or inside the rules: `search.widening`, `stakes.gold`, `ledger.faucet`. */
  readonly key: string;
  /** Undefined: not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What became of one mode; one that is unchanged is not told. */
export type ModeChange =
  | { readonly mode: string; readonly kind: "added" | "removed" }
  | { readonly mode: string; readonly kind: "changed"; readonly changes: readonly RuleChange[] };

/** How two versions of rules differ in what they mean, whatever the order they are written in. */
export interface RulesDiff {
  /** Ordered by mode id. */
  readonly modes: readonly ModeChange[];
  /** Of what is not a mode's, ordered by key. */
  readonly shard: readonly RuleChange[];
}

/**
 * Compares two versions of rules, mode by mode and key by key. Equal rules give an empty answer, and so does an
 * order of modes or stakes that means nothing.
 *
 * @example
 * const { modes } = diffRules(older, newer);
 * modes[0]; // { mode: "duel", kind: "changed", changes: [{ key: "maxWaitMs", before: 300000, after: 120000 }] }
 */
export function diffRules(before: Rules, after: Rules): RulesDiff {
  const [older, newer] = [before, after].map(reviveRules);
  const [known, wanted] = [older, newer].map(({ modes }) => new Map(modes.map((mode) => [mode.id, mode])));
  const ids = [...new Set([...known.keys(), ...wanted.keys()])].sort();
  const modes = ids.flatMap((mode): ModeChange[] => {
    const [old, current] = [known.get(mode), wanted.get(mode)];
    if (old === undefined || current === undefined)
      return [{ mode, kind: old === undefined ? "added" : "removed" }];
    const changes = changesBetween(leavesOf(old), leavesOf(current));
    return changes.length === 0 ? [] : [{ mode, kind: "changed", changes }];
  });
  const shard = ({ ledger, maxStepMs }: Rules) => leavesIn({ ledger, maxStepMs }, "");
  return { modes, shard: changesBetween(shard(older), shard(newer)) };
}

/**
 * Whether two versions mean the same.
 *
 * @example
 * isSameRules(diffRules(rules, rules)); // true
 */
export function isSameRules({ modes, shard }: RulesDiff): boolean {
  return modes.length === 0 && shard.length === 0;
}

type Leaves = ReadonlyMap<string, unknown>;

function changesBetween(before: Leaves, after: Leaves): RuleChange[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => {
    const change = { key, before: before.get(key), after: after.get(key) };
    return textOf(change.before) === textOf(change.after) ? [] : [change];
  });
}

/** Rules of one meaning, that are compared as wholes although they are tables. */
const whole: ReadonlySet<string> = new Set([
  "search.widening",
  "search.hold",
  "search.avoidRematch",
  "partyRating",
]);

/** A mode's rules by their paths: tables opened, tiers by their names, another rating system as a whole. */
function leavesOf({ id: _, stakes, rating, ...mode }: ModeRules): Leaves {
  const tiers = Object.fromEntries(stakes.map(({ tier, stake }) => [tier, stake]));
  const leaves = leavesIn({ ...mode, stakes: tiers }, "");
  if (rating === null) leaves.set("rating.system", null);
  else for (const [key, value] of Object.entries(rating)) leaves.set(`rating.${key}`, value);
  return leaves;
}

function leavesIn(table: object, path: string): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [name, value] of Object.entries(table)) {
    const key = path === "" ? name : `${path}.${name}`;
    const isLeaf = typeof value !== "object" || value === null || Array.isArray(value) || whole.has(key);
    if (isLeaf) leaves.set(key, value);
    else for (const [inner, leaf] of leavesIn(value, key)) leaves.set(inner, leaf);
  }
  return leaves;
}

/** Equal texts, equal rules: keys in one order, Infinity kept apart from what is missing. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return `${typeof value} ${String(value)}`;
  const entries = Object.entries(value).map(([key, inner]): [string, string] => [key, textOf(inner)]);
  return JSON.stringify(
    Array.isArray(value) ? entries : entries.sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
