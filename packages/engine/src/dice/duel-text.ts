import { commitText, composeSequence, type MatchId } from "@matchforge/core";
import type { Dice } from "../ports.ts";

/** A duel's text and the salt of its commitment. */
export interface DuelText {
  readonly text: string;
  readonly salt: string;
}

/** Which match a text belongs to, and how hard it may be. */
export interface DuelTextOf {
  readonly id: MatchId;
  readonly secretEpoch: number;
  readonly tier: string | null;
}

/** The text of a match: the same each time it is derived, and known to nobody without the shard's secret. */
export function duelText(dice: Dice, match: DuelTextOf): DuelText {
  const epoch = match.secretEpoch;
  const seed = dice.draw({ epoch, purpose: "text", id: match.id });
  return {
    text: composeSequence({ seed, tier: match.tier }),
    salt: dice.draw({ epoch, purpose: "salt", id: match.id }),
  };
}

/** What is shown of the text before play: SHA-256 of salt and text. */
export function duelCommitment(dice: Dice, match: DuelTextOf): string {
  return commitText(duelText(dice, match));
}
