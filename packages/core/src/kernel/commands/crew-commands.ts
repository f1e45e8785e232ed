import type { CrewId, PlayerId } from "../../ids.ts";
import type { RequestOrigin } from "../request-origin.ts";

/** What all of a crew's commands say: who asks, of which crew. */
interface CrewRequest {
  readonly crew: CrewId;
  readonly player: PlayerId;
  readonly origin?: RequestOrigin;
}

export interface CrewCreate extends CrewRequest {
  readonly type: "crew.create";
}
export interface CrewInvite extends CrewRequest {
  readonly type: "crew.invite";
  readonly invited: PlayerId;
}
/** Takes up an invitation. */
export interface CrewJoin extends CrewRequest {
  readonly type: "crew.join";
}
export interface CrewLeave extends CrewRequest {
  readonly type: "crew.leave";
}
export interface CrewKick extends CrewRequest {
  readonly type: "crew.kick";
  readonly member: PlayerId;
}
export interface CrewPromote extends CrewRequest {
  readonly type: "crew.promote";
  readonly member: PlayerId;
}
export interface CrewDisband extends CrewRequest {
  readonly type: "crew.disband";
}

/** What players ask of crews. */
export type CrewCommand =
  | CrewCreate
  | CrewInvite
  | CrewJoin
  | CrewLeave
  | CrewKick
  | CrewPromote
  | CrewDisband;
