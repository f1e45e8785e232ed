import { sha256Hex } from "../hashing/sha256.ts";
import type { ModeRules } from "../rules/rules.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { TicketFact } from "./receipt.ts";

/** What a receipt shows of a ticket to those it does not belong to. */
export function ticketHash(salt: string, fact: TicketFact): string {
  return sha256Hex(salt + canonicalJson(fact));
}

/** What identifies a mode's rules. */
export function rulesHash(rules: ModeRules): string {
  return sha256Hex(canonicalJson(rules));
}
