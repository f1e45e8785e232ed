import { sha256Hex } from "../hashing/sha256.ts";
import type { ModeRules } from "../rules/rules.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { TicketFact } from "./receipt.ts";

/**
 * What a receipt shows of a ticket to those it does not belong to: SHA-256 of salt and fact, as
 * 64 hex digits.
 *
 * @example
 * ticketHash(salt, fact) === sha256Hex(salt + canonicalJson(fact)); // true
 */
export function ticketHash(salt: string, fact: TicketFact): string {
  return sha256Hex(salt + canonicalJson(fact));
}

/**
 * What identifies a mode's rules: SHA-256 of their canonical JSON, as 64 hex digits.
 *
 * @example
 * rulesHash(mode) === sha256Hex(canonicalJson(mode)); // true
 */
export function rulesHash(rules: ModeRules): string {
  return sha256Hex(canonicalJson(rules));
}
