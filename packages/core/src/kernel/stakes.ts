import type { ModeRules } from "../rules/rules.ts";

/**
 * What a tier stakes by the rules, in the token's smallest unit: of each player, or of each side; 0 without
 * a wager, and for a tier that the mode does not have.
 *
 * @example
 * const mode = defineMode({ id: "duel", stakes: [{ tier: "gold", stake: "500" }] });
 * stakeOfTier(mode, "gold"); // 500n
 */
export function stakeOfTier({ stakes }: ModeRules, tier: string | null): bigint {
  // The same nothing for all: every waiting ticket holds its stake.
  return tier === null ? 0n : BigInt(stakes.find((stake) => stake.tier === tier)?.stake ?? "0");
}

/**
 * Whether a mode has a tier; one without stakes has none.
 *
 * @example
 * hasTier(defineMode({ id: "quick" }), null); // true
 */
export function hasTier({ stakes }: Pick<ModeRules, "stakes">, tier: string | null): boolean {
  return stakes.length === 0 ? tier === null : stakes.some((stake) => stake.tier === tier);
}

/**
 * What each of a side's players puts in. The stake of a side is shared equally; what cannot be shared is nobody's and
 * never taken.
 *
 * @example
 * shareOf({ stakePer: "side" }, { stake: 600n, players: 7 }); // 85n
 */
export function shareOf(
  { stakePer }: Pick<ModeRules, "stakePer">,
  { stake, players }: { readonly stake: bigint; readonly players: number },
): bigint {
  return stakePer === "side" ? stake / BigInt(players) : stake;
}
