import type { PartyId, PlayerId } from "../../ids.ts";
import type { RegionLatency } from "../../matching/wishes.ts";
import type { RequestOrigin } from "../request-origin.ts";

/** What all of a party's commands say: who asks, of which party. */
interface PartyRequest {
  readonly party: PartyId;
  readonly player: PlayerId;
  readonly origin?: RequestOrigin;
}

export interface PartyCreate extends PartyRequest {
  readonly type: "party.create";
  /** The most members it may have. */
  readonly sizeMax: number;
}
export interface PartyInvite extends PartyRequest {
  readonly type: "party.invite";
  readonly invited: PlayerId;
}
/** Takes up an invitation. */
export interface PartyJoin extends PartyRequest {
  readonly type: "party.join";
}
export interface PartyLeave extends PartyRequest {
  readonly type: "party.leave";
}
export interface PartyKick extends PartyRequest {
  readonly type: "party.kick";
  readonly member: PlayerId;
}
export interface PartyPromote extends PartyRequest {
  readonly type: "party.promote";
  readonly member: PlayerId;
}
/** Says whether a member is ready to queue, and what the leader's ticket is to say of them. */
export interface PartyReady extends PartyRequest {
  readonly type: "party.ready";
  readonly ready: boolean;
  /** Roles the member accepts, the best first; empty: any. Left out: as before. */
  readonly roles?: readonly string[];
  /** The member's latencies. Left out: as before. */
  readonly latencies?: readonly RegionLatency[];
}
export interface PartyDisband extends PartyRequest {
  readonly type: "party.disband";
}

/** What players ask of parties. */
export type PartyCommand =
  | PartyCreate
  | PartyInvite
  | PartyJoin
  | PartyLeave
  | PartyKick
  | PartyPromote
  | PartyReady
  | PartyDisband;
