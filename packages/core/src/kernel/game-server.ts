import type { MatchId, ServerId } from "../ids.ts";
import type { Waiting } from "../scheduling/deadline-heap.ts";

/** What a game server says of itself when it comes up. */
export interface ServerOffer {
  /** Where players reach it, in the game's own words. */
  readonly address: string;
  /** Null: nobody knows. */
  readonly region: string | null;
  /** How many matches it plays at once. */
  readonly capacity: number;
  /** What modes may ask for. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A game server that matches may be, or are, played on. */
export interface GameServer extends Waiting {
  readonly kind: "server";
  readonly id: ServerId;
  /** `registry`, `static`, or the outside allocator that lent it for one match. */
  readonly allocator: string;
  /** Names one run of the server's program; another one has lost the matches of this one. */
  readonly instance: string;
  /** Position of the entry with which this run came up: what an earlier run says names an older one. */
  readonly epoch: number;
  offer: ServerOffer;
  /** It takes no new matches. */
  draining: boolean;
  /** When it was last heard; null: it never says that it lives, and is never missed. */
  lastHeardAt: number | null;
  matches: readonly MatchId[];
  /** It goes back to its allocator with the end of its one match. */
  readonly isLent?: true;
}

/** The server that a match has asked for, and has once there is one. */
export interface Allocation {
  /** 1, and 2 after the first server was lost. */
  readonly attempt: number;
  /** Null while it is asked for, and after it was lost. */
  readonly server: ServerId | null;
  /** Whether the answer is still outstanding. */
  readonly isPending: boolean;
}

/** A pass of one player to the server of a match: single use, short-lived. */
export interface MatchTicket {
  /** Position of the entry that issued it: a newer one invalidates those before. */
  readonly serial: number;
  readonly until: number;
  readonly isRedeemed: boolean;
}

/** A team's part in a result: its players, and either its rank, 1 the best, or its score, the highest the best. */
export interface ReportedTeam {
  readonly players: readonly string[];
  readonly rank?: number;
  readonly score?: number;
}
