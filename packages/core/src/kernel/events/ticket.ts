import type { CrewId, PartyId, PlayerId, PoolKey, TicketId } from "../../ids.ts";
import type { Wishes } from "../../matching/wishes.ts";
import type { RequestOrigin } from "../commands.ts";
import type { RatingRecord } from "../records.ts";

export type TicketEndReason =
  | "cancelled"
  | "no_opponents"
  | "disconnected"
  | "declined"
  | "ready_timeout"
  | "not_delivered"
  | "absent"
  | "loading_timeout"
  | "mode_removed"
  | "party_changed"
  | "crew_changed"
  | "territory_taken"
  | "closed"
  | "played";

export interface TicketQueued {
  readonly type: "ticket.queued";
  readonly ticket: TicketId;
  readonly party: PartyId | null;
  /** The crew that queued; left out where none did. */
  readonly crew?: CrewId;
  /** The one who asked comes first: the records are theirs. */
  readonly players: readonly PlayerId[];
  readonly standings: readonly {
    readonly pool: PoolKey;
    readonly mode: string;
    readonly tier: string | null;
    readonly territory: string | null;
    readonly rating: number;
    /** Of each player; null: one player, whose rating is the ticket's. */
    readonly memberRatings: readonly number[] | null;
    readonly stake: bigint;
    readonly eligibleAt: number;
  }[];
  readonly stake: bigint;
  readonly draw: number;
  readonly wishes: Wishes;
  readonly warnAt: number;
  readonly endAt: number;
  readonly records: readonly RatingRecord[];
  readonly secretEpoch: number;
  readonly custom?: string;
  /** Why a plug-in's answer was not taken. */
  readonly fault?: string;
  readonly origin?: RequestOrigin;
}

export interface TicketWarned {
  readonly type: "ticket.warned";
  readonly ticket: TicketId;
}

export interface TicketEnded {
  readonly type: "ticket.ended";
  readonly ticket: TicketId;
  readonly players: readonly PlayerId[];
  readonly reason: TicketEndReason;
  /** Who took it back. */
  readonly by?: PlayerId;
  readonly origin?: RequestOrigin;
}
