import type { IncomingMessage } from "node:http";
import type { Command, Entry, KernelEvent, NodeKey, State } from "@matchforge/core";
import type { ErrorCode } from "@matchforge/protocol";
import type { Archive, Relay } from "@matchforge/stores";
import type { Clock, Dice, Ids, Outcome } from "matchforge";
import type { MatchPasses } from "../auth/match-passes.ts";
import type { Verified } from "../auth/tokens.ts";

/** What a gateway needs of its node: the replica, and the way into the log. */
export interface GatewayNode {
  readonly key: NodeKey;
  readonly state: State;
  /** Shard time now, in ms. */
  shardTime(): number;
  submit(command: Command): Promise<Outcome>;
  onApplied(listener: (entry: Entry, events: readonly KernelEvent[]) => void): void;
}

/** Checks tokens. */
export interface TokenVerifier {
  verify(token: string): Promise<Verified>;
}

/** Something an operator should see. */
export interface GatewayLogger {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a gateway counts. */
export interface GatewayMetrics {
  connected(change: 1 | -1): void;
  received(type: string): void;
  refused(code: ErrorCode): void;
}

export interface GatewayDeps {
  readonly node: GatewayNode;
  readonly relay: Relay;
  readonly archive: Archive;
  readonly tokens: TokenVerifier;
  /** Signs match tickets. */
  readonly passes: MatchPasses;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly ids: Ids;
  /** Unix ms. */
  readonly wallClock: () => number;
  readonly logger: GatewayLogger;
  readonly metrics: GatewayMetrics;
  /** Whether a browser page of this origin may connect; `host` is the request's own. */
  readonly mayConnect: (origin: string | undefined, host: string | undefined) => boolean;
  /** The address a connection counts against. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Default: the wire's bound. */
  readonly connectionsMax?: number;
  /** Default: the wire's bound. */
  readonly connectionsPerAddressMax?: number;
}
