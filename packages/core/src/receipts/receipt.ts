import type { MatchId, PlayerId, TicketId } from "../ids.ts";
import type { CostTerm, RejectedCount } from "../matching/formed-match.ts";
import type { ModeRules } from "../rules/rules.ts";

/** What a receipt says of a ticket; only those it belongs to see it. */
export interface TicketFact {
  /** Null in a siege, which members join one by one. */
  readonly ticket: TicketId | null;
  readonly team: number;
  readonly players: readonly {
    readonly player: PlayerId;
    readonly rating: number;
    readonly role: string | null;
  }[];
}

/** How a match came about and what it paid, checkable by whoever has it, with nobody else's ticket in it. */
export interface Receipt {
  readonly match: MatchId;
  readonly mode: string;
  readonly tier: string | null;
  /** Position in the shard's log, and what the wave had seen. */
  readonly position: number;
  readonly basisPosition: number;
  readonly rulesVersion: number;
  /** SHA-256 of the mode's rules as canonical JSON, and those rules. */
  readonly rulesHash: string;
  readonly rules: ModeRules;
  readonly considered: number;
  readonly rejected: readonly RejectedCount[];
  /** Null until the match is over: they tell how strong the others are, and somebody might leave because of it. */
  readonly costs: readonly CostTerm[] | null;
  readonly winProbabilities: readonly number[] | null;
  /** SHA-256 of salt and fact of each ticket, by team. */
  readonly tickets: readonly (readonly string[])[];
  /** The ticket of whoever asks, and the salt that hides it from others; null for a stranger. */
  readonly own: { readonly salt: string; readonly fact: TicketFact } | null;
  /** The secret everything was drawn from: its hash from before, and itself once the epoch is over. */
  readonly secretEpoch: { readonly number: number; readonly hash: string; readonly secret: string | null };
  /** What was promised of the text, and the text once the match is over; null for games without one. */
  readonly text: {
    readonly commitment: string;
    readonly text: string | null;
    readonly salt: string | null;
  } | null;
  /** Null until the match has its result. */
  readonly result: ReceiptResult | null;
}

/** What a match came to. Amounts are decimal text of the token's smallest unit. */
export interface ReceiptResult {
  readonly endReason: string;
  readonly pot: string;
  readonly burned: string;
  /** By team, what all its players together received. */
  readonly payouts: readonly string[];
}
