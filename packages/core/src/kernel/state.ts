import type { CrewId, MatchId, NodeKey, PartyId, PlayerId, PoolKey, ServerId, TicketId } from "../ids.ts";
import { noPlugins, type Plugins } from "../plugins/plugins.ts";
import type { Rules } from "../rules/rules.ts";
import { DeadlineHeap } from "../scheduling/deadline-heap.ts";
import type {
  Books,
  Crew,
  Effect,
  GameServer,
  Match,
  NodeRecord,
  Party,
  Player,
  Pool,
  SecretEpoch,
  Territory,
  Ticket,
} from "./model.ts";

/** Anything with a deadline. */
export type Subject = Player | Party | Crew | Ticket | Match | NodeRecord | GameServer;

/**
 * The whole truth of a shard. Only `evolve` and the clock of `applyEntry` write to it;
 * everyone else reads.
 */
export interface State {
  /** Position of the last entry applied. */
  position: number;
  /** The log's stamp of the last entry, unix ms. */
  at: number;
  /** Shard time in ms: stands still while the log or all nodes are down. */
  time: number;
  level: number;
  rulesVersion: number;
  /** The operator whose rules these are; left out where a node has brought them along. */
  rulesBy?: PlayerId;
  readonly rules: Map<number, Rules>;
  readonly players: Map<PlayerId, Player>;
  readonly parties: Map<PartyId, Party>;
  readonly crews: Map<CrewId, Crew>;
  /** The crew of each member, whether the shard knows the player at the moment or not; follows from `crews`. */
  readonly crewOf: Map<PlayerId, CrewId>;
  /** By the key of mode and territory, those that are somebody's or fought for. */
  readonly territories: Map<string, Territory>;
  readonly tickets: Map<TicketId, Ticket>;
  readonly matches: Map<MatchId, Match>;
  readonly liveMatches: Map<string, number>;
  readonly pools: Map<PoolKey, Pool>;
  readonly effects: Map<string, Effect>;
  readonly nodes: Map<NodeKey, NodeRecord>;
  /** Game servers: those that were registered, and those lent for a match. */
  readonly servers: Map<ServerId, GameServer>;
  /** Since which position no match is made and no money moves; left out where all is well. */
  haltedAt?: number;
  leader: NodeKey | null;
  term: number;
  readonly secretEpochs: Map<number, SecretEpoch>;
  archiveCursor: number;
  readonly books: Books;
  readonly deadlines: DeadlineHeap<Subject>;
  /** What the game brought along; not part of a snapshot. */
  readonly plugins: Plugins;
}

/** The levels this build can replay. */
export const supportedLevels: readonly number[] = [1, 2, 3];

/** The level from which on nodes compare what they made of the log. */
export const levelOfHashes = 2;
/** The level from which on matches wait for loading clients and game servers. */
export const levelOfServers = 3;

/**
 * A shard before its first entry.
 *
 * @example
 * createState().position; // 0
 */
export function createState(plugins: Plugins = noPlugins): State {
  return {
    position: 0,
    at: 0,
    time: 0,
    level: 1,
    rulesVersion: 0,
    rules: new Map(),
    players: new Map(),
    parties: new Map(),
    crews: new Map(),
    crewOf: new Map(),
    territories: new Map(),
    tickets: new Map(),
    matches: new Map(),
    liveMatches: new Map(),
    pools: new Map(),
    effects: new Map(),
    nodes: new Map(),
    servers: new Map(),
    leader: null,
    term: 0,
    secretEpochs: new Map(),
    archiveCursor: 0,
    books: { deposits: 0n, withdrawals: 0n, burned: 0n, rake: 0n },
    deadlines: new DeadlineHeap(),
    plugins,
  };
}
