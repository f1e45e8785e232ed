import type { PartyId, PlayerId } from "../../ids.ts";
import type { RegionLatency } from "../../matching/wishes.ts";
import type { RequestOrigin } from "../commands.ts";

/** What all of a party's events say. `by` is who asked for it. */
interface PartyEvent {
  readonly party: PartyId;
  readonly by?: PlayerId;
  readonly origin?: RequestOrigin;
}

export interface PartyCreated extends PartyEvent {
  readonly type: "party.created";
  readonly leader: PlayerId;
  readonly sizeMax: number;
}
export interface PartyInvited extends PartyEvent {
  readonly type: "party.invited";
  readonly player: PlayerId;
  /** When the invitation ends, in ms of shard time. */
  readonly until: number;
}
export interface PartyJoined extends PartyEvent {
  readonly type: "party.joined";
  readonly player: PlayerId;
}
export interface PartyLeft extends PartyEvent {
  readonly type: "party.left";
  readonly player: PlayerId;
  /** `gone`: away for so long that the shard forgets the player. */
  readonly reason: "left" | "kicked" | "gone";
  /** Who leads those who stay. */
  readonly leader: PlayerId;
}
export interface PartyPromoted extends PartyEvent {
  readonly type: "party.promoted";
  readonly leader: PlayerId;
}
export interface PartyReadied extends PartyEvent {
  readonly type: "party.readied";
  readonly player: PlayerId;
  readonly ready: boolean;
  readonly roles: readonly string[];
  readonly latencies: readonly RegionLatency[] | null;
}
/** The party is no more; these were its last members. */
export interface PartyDisbanded extends PartyEvent {
  readonly type: "party.disbanded";
  readonly players: readonly PlayerId[];
}
export interface PartyInvitationsEnded extends PartyEvent {
  readonly type: "party.invitations_ended";
  readonly players: readonly PlayerId[];
}

export type PartyEvents =
  | PartyCreated
  | PartyInvited
  | PartyJoined
  | PartyLeft
  | PartyPromoted
  | PartyReadied
  | PartyDisbanded
  | PartyInvitationsEnded;
