import type { CrewId, PlayerId } from "../../ids.ts";
import type { RequestOrigin } from "../commands.ts";

/** What all of a crew's events say. `by` is who asked for it. */
interface CrewEvent {
  readonly crew: CrewId;
  readonly by?: PlayerId;
  readonly origin?: RequestOrigin;
}

export interface CrewCreated extends CrewEvent {
  readonly type: "crew.created";
  readonly leader: PlayerId;
}
export interface CrewInvited extends CrewEvent {
  readonly type: "crew.invited";
  readonly player: PlayerId;
  /** When the invitation ends, in ms of shard time. */
  readonly until: number;
}
export interface CrewJoined extends CrewEvent {
  readonly type: "crew.joined";
  readonly player: PlayerId;
}
export interface CrewLeft extends CrewEvent {
  readonly type: "crew.left";
  readonly player: PlayerId;
  /** `gone`: a guest whom the shard forgets and who cannot come back as the same. */
  readonly reason: "left" | "kicked" | "gone";
  /** Who leads those who stay. */
  readonly leader: PlayerId;
}
export interface CrewPromoted extends CrewEvent {
  readonly type: "crew.promoted";
  readonly leader: PlayerId;
}
/** The crew is no more; these were its last members. */
export interface CrewDisbanded extends CrewEvent {
  readonly type: "crew.disbanded";
  readonly players: readonly PlayerId[];
}
export interface CrewInvitationsEnded extends CrewEvent {
  readonly type: "crew.invitations_ended";
  readonly players: readonly PlayerId[];
}

export type CrewEvents =
  | CrewCreated
  | CrewInvited
  | CrewJoined
  | CrewLeft
  | CrewPromoted
  | CrewDisbanded
  | CrewInvitationsEnded;
