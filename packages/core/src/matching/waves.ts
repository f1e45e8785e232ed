import type { FormedMatch } from "./formed-match.ts";
import type { PoolIndex } from "./pool-index.ts";
import type { SearchRules } from "./search-rules.ts";
import type { Standing } from "./standing.ts";
import type { Traffic } from "./traffic.ts";

/** What one wave is given. Times in ms: `now` of the caller's clock, `at` of shard time. */
export interface WaveRequest {
  readonly now: number;
  readonly at: number;
  /** New matches to form at most; an open round takes more players however many there are. */
  readonly matchesMax: number;
  /** Candidates to look at in all; what is left stays due. */
  readonly budget: number;
  /** Tickets to leave alone, such as those proposed already. */
  readonly skip: (standing: Standing) => boolean;
}

/** What the waves of a pool go by. */
export interface WavesOptions {
  readonly index: PoolIndex;
  readonly search: SearchRules;
  /** How far apart waves are, in ms. */
  readonly waveMs: number;
  /** What rules that hold back go by. */
  readonly traffic?: Traffic;
}

/** The waves of one pool: which tickets must be looked at, when, and what comes of it. */
export interface Waves {
  /** Every waiting ticket is to be looked at. */
  startOver(): void;
  /** Something about a ticket changed. */
  touch(standing: Standing): void;
  /** In how many ms the next wave is due; Infinity when nothing is to be looked at. */
  dueInMs(now: number, at: number): number;
  /** Forms matches among the tickets that are due, and everyone they may meet. */
  run(request: WaveRequest): FormedMatch[];
}
