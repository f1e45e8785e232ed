import { memberRoles, type Standing, strengthOf } from "../standing.ts";
import type { FillTable } from "./fill-table.ts";
import { type RoleWays, roleWaysOf } from "./role-ways.ts";

/** A ticket as a split sees it. */
export interface SplitTicket {
  readonly size: number;
  /** The sum of its players' ratings. */
  readonly strength: number;
  /** How its players can have roles. */
  readonly ways: RoleWays;
}

/** A ticket as a split sees it. */
export function splitTicketOf(standing: Standing, { format, team }: FillTable): SplitTicket {
  const strength = strengthOf(standing);
  return { size: standing.playerIds.length, strength, ways: roleWaysOf(rolesOf(standing), format, team) };
}

/** The roles that each player of a ticket accepts. */
export function rolesOf(standing: Standing): readonly (readonly string[])[] {
  return standing.playerIds.map((_, place) => memberRoles(standing, place));
}
