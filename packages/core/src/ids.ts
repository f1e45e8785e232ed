/** Ids are strings with a prefix that names the kind and a time-sortable body. They are made in the shell. */
export type PlayerId = `player_${string}`;
/** A ticket: a party's or player's wish to play. */
export type TicketId = `ticket_${string}`;
/** A match, through its whole life. */
export type MatchId = `match_${string}`;
/** Players who queue as one. */
export type PartyId = `party_${string}`;
/** A named, lasting party. */
export type CrewId = `crew_${string}`;
/** A game server. */
export type ServerId = `server_${string}`;
/** A pool: tickets that may meet. `mode`, `mode:tier`, or for a territory `mode:tier:territory`. */
export type PoolKey = string;
/** One run of one node: `name/boot`. */
export type NodeKey = `${string}/${string}`;

/**
 * The key of the pool of a mode, stake tier and territory; null: no wager, no territory.
 *
 * @example
 * poolKeyOf("duel", "gold"); // "duel:gold"
 * poolKeyOf("siege", null, "north"); // "siege::north"
 */
export function poolKeyOf(mode: string, tier: string | null, territory: string | null = null): PoolKey {
  if (territory !== null) return `${mode}:${tier ?? ""}:${territory}`;
  return tier === null ? mode : `${mode}:${tier}`;
}

/**
 * Orders two ids by code units, the same on every runtime: -1, 0 or 1.
 *
 * @example
 * ["b", "a", "B"].sort(compareIds); // ["B", "a", "b"]
 */
export function compareIds(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
