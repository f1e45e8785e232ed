import { sha256Hex } from "../../hashing/sha256.ts";
import { commandParts, type Difficulty, duelCommands } from "./duel-commands.ts";

/** The commands of a text by stake tier: the higher the stake, the longer and harder. */
const recipes: ReadonlyMap<string, readonly Difficulty[]> = new Map([
  ["bronze", ["easy", "easy"]],
  ["silver", ["easy", "easy", "medium"]],
  ["gold", ["medium", "medium", "hard"]],
  ["diamond", ["medium", "medium", "hard", "hard"]],
]);
/** For tiers of other names, and for modes without stakes. */
const recipeOtherwise: readonly Difficulty[] = ["easy", "easy", "medium"];

/**
 * Composes the text of a duel from a seed: printable ASCII in the manner of terminal commands, the same
 * for the same seed and tier on every runtime.
 *
 * @param options.seed any text; all of it counts.
 * @example
 * composeSequence({ seed: "00".repeat(32), tier: "gold" });
 */
export function composeSequence({
  seed,
  tier,
}: {
  readonly seed: string;
  readonly tier: string | null;
}): string {
  const draw = drawsFrom(seed);
  const pick = (list: readonly string[]): string => list[draw(list.length)];
  const recipe = (tier === null ? undefined : recipes.get(tier)) ?? recipeOtherwise;
  const left = {
    easy: [...duelCommands.easy],
    medium: [...duelCommands.medium],
    hard: [...duelCommands.hard],
  };
  const chosen = recipe.map((difficulty) => {
    const commands = left[difficulty];
    const [command] = commands.splice(draw(commands.length), 1);
    return command.replace(/\{(\w+)\}/g, (_, part: keyof typeof commandParts) => pick(commandParts[part]));
  });
  return chosen.join(" && ");
}

/**
 * What is shown of a text before play begins: SHA-256 of salt and text, as 64 hex digits.
 *
 * @example
 * commitText({ salt: "a", text: "bc" }) === sha256Hex("abc"); // true
 */
export function commitText({ salt, text }: { readonly salt: string; readonly text: string }): string {
  return sha256Hex(salt + text);
}

/** Whole numbers below a bound, from a 32-bit generator (splitmix32) that starts from a hash of the seed. */
function drawsFrom(seed: string): (bound: number) => number {
  let state = Number.parseInt(sha256Hex(seed).slice(0, 8), 16);
  return (bound) => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return Math.floor((((word ^ (word >>> 15)) >>> 0) / 0x1_0000_0000) * bound);
  };
}
