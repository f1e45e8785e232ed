import type { MatchId, NodeKey, PlayerId } from "../../ids.ts";
import type { Rules } from "../../rules/rules.ts";
import type { HashClaim, HashSubject } from "../hash-claim.ts";

/** A node is gone: nothing it appends counts from here on. */
export interface NodeLost {
  readonly type: "node.lost";
  readonly node: NodeKey;
}

/** Players whose connection ended by a fault of ours, those who left in time, and matches whose deadlines move for it. */
export interface NodeOrphaned {
  readonly type: "node.orphaned";
  readonly node: NodeKey;
  /** Cooldowns given since then to its players are revoked. */
  readonly since: number;
  readonly extendMs: number;
  readonly players: readonly PlayerId[];
  /** Who was blamed there since and is back elsewhere by now. */
  readonly excused: readonly PlayerId[];
  readonly matches: readonly MatchId[];
}

/** A node has been heard from since its deadline was set. */
export interface NodeHeard {
  readonly type: "node.heard";
  readonly node: NodeKey;
}

export interface NodeUpEvent {
  readonly type: "node.up";
  readonly node: NodeKey;
  readonly levels: readonly number[];
  readonly address: string | null;
}

/** A node said what it made of the log. */
export interface NodeHashed extends HashClaim {
  readonly type: "node.hashed";
  readonly node: NodeKey;
}

/** Nodes made different things of the same log: each of them reads it again, and who differs from itself stops. */
export interface NodeDiffers {
  readonly type: "node.differs";
  readonly of: HashSubject;
  readonly position: number;
  readonly nodes: readonly NodeKey[];
}

/** Replicas disagree, and each with good reason: no match is made and no money moves until an operator says so. Level 3. */
export interface ShardHalted {
  readonly type: "shard.halted";
  /** The position of the entry that showed it. */
  readonly position: number;
}

export interface NodeLed {
  readonly type: "node.led";
  readonly node: NodeKey;
  readonly term: number;
}

export interface NodeDrainingEvent {
  readonly type: "node.draining";
  readonly node: NodeKey;
}

export interface LevelRaised {
  readonly type: "kernel.level";
  readonly level: number;
}

export interface EpochOpened {
  readonly type: "epoch.opened";
  readonly number: number;
  readonly hash: string;
}

export interface EpochRevealed {
  readonly type: "epoch.revealed";
  readonly number: number;
  readonly secret: string;
}

export interface RulesConfigured {
  readonly type: "rules.configured";
  readonly version: number;
  readonly rules: Rules;
  /** The operator who has uploaded them; left out where a node has brought them along. */
  readonly by?: PlayerId;
}

export interface ArchiveProgressed {
  readonly type: "archive.progressed";
  readonly cursor: number;
}
