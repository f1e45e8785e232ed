import type { NodeKey, PlayerId } from "../../ids.ts";
import type { AdminRequest, AnnouncementSeverity } from "../commands/admin-commands.ts";
import type { RefusalCode } from "../refusals.ts";

/** An operator did something, or was refused: the line of the audit, ahead of what followed from it. */
export interface AdminActed {
  readonly type: "admin.acted";
  readonly actor: PlayerId;
  readonly action: AdminRequest["type"];
  /** What it was done to, by its id. */
  readonly object: string;
  /** What the action and its object leave open; null: nothing. */
  readonly detail: string | null;
  readonly reason: string;
  readonly outcome: "done" | RefusalCode;
}
/** The rules that the leading node brings along decide again. */
export interface RulesAdopted {
  readonly type: "rules.adopted";
}
/** A player's offences are forgotten: in one mode, or with null in all. */
export interface PlayerPardoned {
  readonly type: "player.pardoned";
  readonly player: PlayerId;
  readonly mode: string | null;
}
/** A word of an operator to everybody who is connected. */
export interface Announced {
  readonly type: "announced";
  readonly id: string;
  readonly text: string;
  readonly severity: AnnouncementSeverity;
}
/** A node is asked to end in good order; it does so itself. */
export interface NodeDrainAsked {
  readonly type: "node.drain_asked";
  readonly node: NodeKey;
}

/** Matches are made and money moves again. */
export interface ShardResumed {
  readonly type: "shard.resumed";
}

export type AdminEvents =
  | AdminActed
  | RulesAdopted
  | PlayerPardoned
  | Announced
  | NodeDrainAsked
  | ShardResumed;
