import type { PlayerId, PoolKey, TicketId } from "../../ids.ts";
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
  | "mode_removed"
  | "played";

export interface TicketQueued {
  readonly type: "ticket.queued";
  readonly ticket: TicketId;
  /** The one who asked comes first: the records are theirs. */
  readonly players: readonly PlayerId[];
  readonly standings: readonly {
    readonly pool: PoolKey;
    readonly mode: string;
    readonly tier: string | null;
    readonly rating: number;
    readonly stake: bigint;
    readonly eligibleAt: number;
  }[];
  readonly stake: bigint;
  readonly draw: number;
  readonly opponentMin: number | null;
  readonly opponentMax: number | null;
  readonly expandSearch: boolean;
  readonly warnAt: number;
  readonly endAt: number;
  readonly records: readonly RatingRecord[];
  readonly secretEpoch: number;
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
