import { commitText, composeSequence } from "../games/typing/sequence.ts";
import { hmacSha256Hex, sha256Hex } from "../hashing/sha256.ts";
import { hasTier } from "../kernel/stakes.ts";
import { payoutAddsUp } from "./check-payout.ts";
import { teamsFit } from "./check-teams.ts";
import { rulesHash, ticketHash } from "./hashes.ts";
import type { Receipt } from "./receipt.ts";

/** One thing that a receipt proves, or does not. */
export interface ReceiptCheck {
  readonly what: "rules" | "text" | "epoch" | "draw" | "ticket" | "teams" | "payout";
  /** Null: it cannot be told yet, or the match has no such thing. */
  readonly ok: boolean | null;
}

/**
 * Checks a receipt by itself: that the rules are those it names, the text is the one promised before the match, the
 * secret is the one whose hash stood in the log and the text was drawn from it, your ticket is among the match's, the
 * teams are those of the rules, and pot, burn and payouts follow from stakes and rules. Needs nothing but the receipt,
 * and takes any: what makes no sense does not hold.
 *
 * @example
 * const broken = checkReceipt(receipt).filter(({ ok }) => ok === false);
 */
export function checkReceipt(receipt: Receipt): ReceiptCheck[] {
  return checks.map(([what, check]) => ({ what, ok: holds(check, receipt) }));
}

type Check = (receipt: Receipt) => boolean | null;

function holds(check: Check, receipt: Receipt): boolean | null {
  try {
    return check(receipt);
  } catch {
    // Whoever forges a receipt may leave out or twist what the check reads.
    return false;
  }
}

function rulesHold({ rules, rulesHash: hash, mode, tier, text }: Receipt): boolean {
  const isTyped = rules.game === "typing_duel";
  return (
    rulesHash(rules) === hash && rules.id === mode && hasTier(rules, tier) && isTyped === (text !== null)
  );
}

function textHolds({ text: shown }: Receipt): boolean | null {
  if (shown === null || (shown.text === null && shown.salt === null)) return null;
  const { text, salt, commitment } = shown;
  return text !== null && salt !== null && commitText({ salt, text }) === commitment;
}

function epochHolds({ secretEpoch: { hash, secret } }: Receipt): boolean | null {
  return secret === null ? null : sha256Hex(secret) === hash;
}

/** Text, salt and so the commitment follow from the secret and the match's id: nobody chose them. */
function drawHolds({ match, tier, text: shown, secretEpoch: { secret } }: Receipt): boolean | null {
  if (secret === null || shown === null) return null;
  const seed = hmacSha256Hex(secret, `text:${match}`);
  const drawn = { text: composeSequence({ seed, tier }), salt: hmacSha256Hex(secret, `salt:${match}`) };
  if (commitText(drawn) !== shown.commitment) return false;
  return [drawn.text, null].includes(shown.text) && [drawn.salt, null].includes(shown.salt);
}

function ownHolds({ own, tickets }: Receipt): boolean | null {
  if (own === null) return null;
  return (tickets[own.fact.team] ?? []).includes(ticketHash(own.salt, own.fact));
}

const checks: readonly (readonly [ReceiptCheck["what"], Check])[] = [
  ["rules", rulesHold],
  ["text", textHolds],
  ["epoch", epochHolds],
  ["draw", drawHolds],
  ["ticket", ownHolds],
  ["teams", teamsFit],
  ["payout", payoutAddsUp],
];
