import type { MatchId } from "../ids.ts";
import type { CostTerm, RejectedCount } from "../matching/formed-match.ts";
import type { ModeRules } from "../rules/rules.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Receipt, TicketFact } from "./receipt.ts";

/**
 * A receipt as it travels. What is hashed stands in it as the very text that was hashed, so that anybody with SHA-256
 * can check it, whatever their language makes of numbers.
 */
export interface ReceiptDocument {
  readonly match_id: string;
  readonly mode: string;
  readonly stake_tier: string | null;
  readonly position: number;
  readonly basis_position: number;
  readonly rules_version: number;
  readonly rules_hash: string;
  /** The mode's rules as canonical JSON. */
  readonly rules_text: string;
  readonly considered: number;
  readonly rejected: RejectedCount[];
  readonly costs: CostTerm[] | null;
  readonly win_probabilities: number[] | null;
  readonly ticket_hashes: string[][];
  /** `ticket_text`: the fact as canonical JSON. */
  readonly own: { readonly salt: string; readonly ticket_text: string } | null;
  readonly secret_epoch: { readonly number: number; readonly hash: string; readonly secret: string | null };
  readonly code_commitment: string | null;
  readonly code_sequence: string | null;
  readonly code_salt: string | null;
  readonly result: {
    readonly end_reason: string;
    readonly pot: string;
    readonly burned: string;
    readonly payouts: string[];
  } | null;
}

/**
 * A receipt as it travels.
 *
 * @example
 * const body = JSON.stringify(documentOf(receipt));
 */
export function documentOf(receipt: Receipt): ReceiptDocument {
  const { own, result, text } = receipt;
  return {
    match_id: receipt.match,
    mode: receipt.mode,
    stake_tier: receipt.tier,
    position: receipt.position,
    basis_position: receipt.basisPosition,
    rules_version: receipt.rulesVersion,
    rules_hash: receipt.rulesHash,
    rules_text: canonicalJson(receipt.rules),
    considered: receipt.considered,
    rejected: [...receipt.rejected],
    costs: receipt.costs && [...receipt.costs],
    win_probabilities: receipt.winProbabilities && [...receipt.winProbabilities],
    ticket_hashes: receipt.tickets.map((team) => [...team]),
    own: own && { salt: own.salt, ticket_text: canonicalJson(own.fact) },
    secret_epoch: receipt.secretEpoch,
    code_commitment: text?.commitment ?? null,
    code_sequence: text?.text ?? null,
    code_salt: text?.salt ?? null,
    result: result && {
      end_reason: result.endReason,
      pot: result.pot,
      burned: result.burned,
      payouts: [...result.payouts],
    },
  };
}

/**
 * Reads a receipt as it travels, so that `checkReceipt` can check it.
 *
 * @throws SyntaxError where a text in it is no JSON.
 * @example
 * const answer = await fetch(`${server}/api/v1/matches/${match}/receipt`);
 * const checks = checkReceipt(receiptOf(await answer.json()));
 */
export function receiptOf(document: ReceiptDocument): Receipt {
  const { own, result, code_commitment: commitment } = document;
  return {
    match: document.match_id as MatchId,
    mode: document.mode,
    tier: document.stake_tier,
    position: document.position,
    basisPosition: document.basis_position,
    rulesVersion: document.rules_version,
    rulesHash: document.rules_hash,
    rules: JSON.parse(document.rules_text) as ModeRules,
    considered: document.considered,
    rejected: document.rejected,
    costs: document.costs,
    winProbabilities: document.win_probabilities,
    tickets: document.ticket_hashes,
    own: own && { salt: own.salt, fact: JSON.parse(own.ticket_text) as TicketFact },
    secretEpoch: document.secret_epoch,
    text: commitment === null ? null : { commitment, text: document.code_sequence, salt: document.code_salt },
    result: result && {
      endReason: result.end_reason,
      pot: result.pot,
      burned: result.burned,
      payouts: result.payouts,
    },
  };
}
