import type { MatchId, NodeKey, PlayerId, TicketId } from "../../ids.ts";
import type { Rules } from "../../rules/rules.ts";

/** Rules from an operator: they hold until an operator says otherwise, whatever the nodes bring along. */
export interface AdminUpload {
  readonly type: "rules.configure";
  readonly rules: Rules;
}
/** An earlier version of the rules comes into force again, under a number of its own. */
export interface AdminRollback {
  readonly type: "rules.rollback";
  readonly version: number;
}
/** The rules that the leading node brings along decide again. */
export interface AdminAdopt {
  readonly type: "rules.adopt";
}
/** A match without a result ends: before play it is cancelled, in play it is void. */
export interface AdminClose {
  readonly type: "match.close";
  readonly match: MatchId;
}
/** A player's offences are forgotten, and with them the cooldowns: in one mode, or with null in all. */
export interface AdminPardon {
  readonly type: "player.pardon";
  readonly player: PlayerId;
  readonly mode: string | null;
}
/** A waiting ticket ends. */
export interface AdminWithdraw {
  readonly type: "ticket.withdraw";
  readonly ticket: TicketId;
}
/** A word to everybody who is connected. */
export interface AdminAnnounce {
  readonly type: "announce";
  readonly text: string;
  readonly severity: AnnouncementSeverity;
}
/** A node is asked to end in good order. */
export interface AdminDrain {
  readonly type: "node.drain";
  readonly node: NodeKey;
}

/** After replicas disagreed: matches are made and money moves again. */
export interface AdminResume {
  readonly type: "shard.resume";
}

/** Whether an announcement calls for attention. */
export type AnnouncementSeverity = "info" | "warning";

/** What an operator may ask for. */
export type AdminRequest =
  | AdminUpload
  | AdminRollback
  | AdminAdopt
  | AdminClose
  | AdminPardon
  | AdminWithdraw
  | AdminAnnounce
  | AdminDrain
  | AdminResume;

/** An operator does something, and says why. Level 3. */
export interface AdminAct {
  readonly type: "admin.act";
  readonly actor: PlayerId;
  readonly reason: string;
  readonly request: AdminRequest;
}
