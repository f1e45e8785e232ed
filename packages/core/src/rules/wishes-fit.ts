import type { Wishes } from "../matching/wishes.ts";
import type { ModeRules } from "./rules.ts";

/**
 * Whether a mode could ever fulfil a ticket's wishes: everybody accepts one of its roles, and one of its regions can be
 * reached. A ticket that could not would wait for nothing.
 */
export function wishesFit({ roles, search }: ModeRules, wishes: Wishes): boolean {
  const knowsRole = (accepted: readonly string[]) =>
    accepted.length === 0 || roles.some(({ role }) => accepted.includes(role));
  if (roles.length > 0 && !wishes.roles.every(knowsRole)) return false;
  return search.regions === undefined || search.regions.names.some((name) => isReachable(name, wishes));
}

function isReachable(name: string, { latencies, regions, expandSearch }: Wishes): boolean {
  if (latencies !== null && !latencies.some(({ region }) => region === name)) return false;
  return regions === null || regions.includes(name) || expandSearch;
}
