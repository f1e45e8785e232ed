import type {
  CrewId,
  Entry,
  KernelEvent,
  Match,
  MatchCreated,
  MatchId,
  ModeRules,
  NodeKey,
  PlayerId,
  RoundJoined,
  Rules,
  ServerId,
  ServerOffer,
  TicketId,
  TicketQueued,
} from "@matchforge/core";
import { type Group, recordGroup } from "./record-group.ts";
import { recordMatch } from "./record-match.ts";
import { recordPlayer } from "./record-player.ts";
import { recordServer } from "./record-server.ts";

/** A player, as far as the events tell. Times are ms of shard time. */
export interface KnownPlayer {
  /** 0 while disconnected. */
  epoch: number;
  node: NodeKey | null;
  /** Since when they have been away; 0 while they are there. */
  awaySince: number;
  /** Cut off by a fault of ours and not back since. */
  orphanedAt: number | null;
  /** Since when they have been there without a break. */
  backAt: number;
  /** Every offence that has not been taken back. */
  offences: readonly Offence[];
}

export interface Offence {
  readonly mode: string;
  readonly at: number;
  readonly until: number;
  /** Where the player was connected, last or still. */
  readonly node: NodeKey | null;
}

/** A ticket that has not ended, or how it did. */
export interface KnownTicket {
  readonly queued: TicketQueued;
  readonly queuedAt: number;
  /** Where it is: it waits, it is in a match, or it has ended. */
  place: "waiting" | "ended" | MatchId;
  /** When it last began to wait. */
  waitsSince: number;
  /** Since when it waits without one of its players; null: all are there. */
  aloneSince: number | null;
}

export interface KnownEntrant {
  /** In a round everybody is a side of their own, counted anew when somebody leaves. */
  team: number;
  readonly ticket: TicketId | null;
  stake: bigint;
  accepted: boolean;
  notified: boolean;
  forfeited: boolean;
}

/** A match that has not ended. */
export interface KnownMatch {
  readonly id: MatchId;
  readonly created: MatchCreated;
  readonly createdAt: number;
  readonly mode: ModeRules;
  readonly entrants: Map<PlayerId, KnownEntrant>;
  tickets: readonly TicketId[];
  phase: Match["phase"]["state"];
  /** What its players were told. */
  deadline: number;
  text: string | null;
  startedAt: number;
  counting: boolean;
  pot: bigint;
  payouts: ReadonlyMap<PlayerId, bigint>;
  /** By when what it waits for must be there, while it is prepared. */
  readonly due: Map<"escrow" | "loading" | "server", number>;
  readonly loaded: Set<PlayerId>;
  /** The server it has asked for, and has. */
  allocation: KnownAllocation | null;
  /** The newest match ticket of each player. */
  readonly passes: Map<PlayerId, KnownPass>;
  /** How its server says that it stands, and what its players say of the result: ranks of teams. */
  standing: readonly number[] | null;
  readonly claims: Map<PlayerId, readonly number[]>;
}

export interface KnownAllocation {
  readonly attempt: number;
  readonly askedAt: number;
  isPending: boolean;
  server: ServerId | null;
}

export interface KnownPass {
  readonly serial: number;
  readonly until: number;
  isRedeemed: boolean;
}

/** A game server that is counted on. */
export interface KnownServer {
  readonly id: ServerId;
  readonly allocator: string;
  readonly instance: string;
  readonly epoch: number;
  offer: ServerOffer;
  readonly isLent: boolean;
  draining: boolean;
  /** When it was last heard; null: it never says that it lives. */
  heardAt: number | null;
  readonly matches: Set<MatchId>;
}

export interface KnownNode {
  readonly name: string;
  readonly levels: readonly number[];
  lastEntryAt: number;
  draining: boolean;
}

/**
 * What the events say, kept apart from the kernel's own state and written by other means: what the kernel does is
 * judged by it. It stands just before the event that is judged.
 */
export class Chronicle {
  readonly players = new Map<PlayerId, KnownPlayer>();
  readonly tickets = new Map<TicketId, KnownTicket>();
  /** The last ticket of each player, ended or not. */
  readonly lastTickets = new Map<PlayerId, TicketId>();
  readonly matches = new Map<MatchId, KnownMatch>();
  /** How every match ended that did. */
  readonly endings = new Map<MatchId, "SETTLED" | "CANCELLED" | "VOIDED">();
  readonly nodes = new Map<NodeKey, KnownNode>();
  readonly servers = new Map<ServerId, KnownServer>();
  /** Parties and crews. */
  readonly groups = new Map<string, Group>();
  /** Who owns what, by mode and territory. */
  readonly owners = new Map<string, CrewId>();
  readonly rules = new Map<number, Rules>();
  rulesVersion = 0;
  /** When they came into force. */
  rulesSince = 0;
  leader: NodeKey | null = null;
  term = 0;
  /** The kernel's. */
  level = 1;
  /** Shard time at the event, and the position of its entry. */
  time = 0;
  position = 0;

  /** Who has appended something is heard. */
  hear(entry: Entry, time: number): void {
    this.time = time;
    this.position = entry.position;
    const node = this.nodes.get(entry.node);
    if (node !== undefined) node.lastEntryAt = time;
  }

  record(event: KernelEvent): void {
    recordPlayer(this, event);
    recordServer(this, event);
    recordMatch(this, event);
    recordGroup(this, event);
    switch (event.type) {
      case "rules.configured":
        this.rules.set(event.version, event.rules);
        this.rulesVersion = event.version;
        this.rulesSince = this.time;
        return;
      case "node.up":
        this.nodes.set(event.node, {
          name: nameOf(event.node),
          levels: event.levels,
          lastEntryAt: this.time,
          draining: false,
        });
        return;
      case "kernel.level":
        this.level = event.level;
        return;
      case "node.draining": {
        const node = this.nodes.get(event.node);
        if (node !== undefined) node.draining = true;
        return;
      }
      case "node.lost":
        this.nodes.delete(event.node);
        if (this.leader === event.node) this.leader = null;
        return;
      case "node.led":
        this.leader = event.node;
        this.term = event.term;
        return;
    }
  }

  player(id: PlayerId): KnownPlayer {
    const known = this.players.get(id);
    if (known !== undefined) return known;
    const player = { epoch: 0, node: null, awaySince: 0, orphanedAt: null, backAt: 0, offences: [] };
    this.players.set(id, player);
    return player;
  }

  isPresent(id: PlayerId): boolean {
    return (this.players.get(id)?.epoch ?? 0) !== 0;
  }

  /** The rules of a mode by a version of the rules. */
  mode(version: number, id: string): ModeRules | undefined {
    return this.rules.get(version)?.modes.find((mode) => mode.id === id);
  }
}

/** The name of the node that a run is one of. */
export function nameOf(key: NodeKey): string {
  return key.slice(0, key.lastIndexOf("/"));
}

/** Whoever comes into a match with a ticket. */
export type Entrants = MatchCreated["players"] | RoundJoined["players"];
