import { poolKeyOf } from "../../ids.ts";
import { partyRatingOf } from "../../plugins/party-rating-of.ts";
import { partyRatingSafely, type SafeAnswer } from "../../ratings/safely.ts";
import type { ModeRules } from "../../rules/rules.ts";
import type { TicketEnqueue } from "../commands.ts";
import type { TicketQueued } from "../events.ts";
import { recordOf } from "../lookups.ts";
import type { Player } from "../model.ts";
import type { RatingRecord } from "../records.ts";
import { shareOf, stakeOfTier } from "../stakes.ts";
import type { State } from "../state.ts";

/** A ticket's place in one pool, as its event says it. */
export type QueuedStanding = TicketQueued["standings"][number];

/** Where a ticket of some players will stand in a mode: its rating, its stake, and from when it may be matched. */
export function standingFor(
  state: State,
  mode: ModeRules,
  { tier, players, command }: { tier: string | null; players: readonly Player[]; command: TicketEnqueue },
): SafeAnswer<QueuedStanding> {
  const records = players.map((player) => {
    const archived = player.id === command.player ? command.records : undefined;
    return betterRecord(recordOf(player, mode, state.plugins), archived);
  });
  const { value: together, ...trouble } = ratingTogether(state, mode, records);
  const value = {
    pool: poolKeyOf(mode.id, tier, command.territory),
    mode: mode.id,
    tier,
    territory: command.territory ?? null,
    rating: together,
    memberRatings: records.length === 1 ? null : records.map(({ rating }) => rating),
    stake: shareOf(mode, { stake: stakeOfTier(mode, tier), players: players.length }),
    eligibleAt: state.time + antiSnipeDelayMs(mode, command.draw),
  };
  return { value, ...trouble };
}

/**
 * How long a ticket is hidden before it may be matched, so that nobody can time who they meet.
 *
 * @param draw a Uint32 from the epoch's secret.
 * @example
 * antiSnipeDelayMs({ antiSnipeMs: [1_000, 3_000] }, 0x8000_0000); // 2000
 */
export function antiSnipeDelayMs({ antiSnipeMs }: Pick<ModeRules, "antiSnipeMs">, draw: number): number {
  const [shortest, longest] = antiSnipeMs;
  return shortest + Math.floor(((longest - shortest) * draw) / 0x1_0000_0000);
}

function ratingTogether(
  { plugins }: State,
  mode: ModeRules,
  records: readonly RatingRecord[],
): SafeAnswer<number> {
  if (records.length === 1) return { value: records[0].rating };
  const { value, ...trouble } = partyRatingSafely(partyRatingOf(mode.partyRating, plugins), records);
  return { value: value.rating, ...trouble };
}

/** The kernel's own record, or the one the archive remembers where it has more games. */
function betterRecord(own: RatingRecord, records: readonly RatingRecord[] | undefined): RatingRecord {
  const archived = records?.find((record) => record.mode === own.mode);
  return archived !== undefined && archived.games > own.games ? archived : own;
}
