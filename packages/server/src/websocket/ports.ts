import type { Command, Entry, KernelEvent, NodeKey, PlayerId, State } from "@matchforge/core";
import type { ErrorCode } from "@matchforge/protocol";
import type { Archive, Relay } from "@matchforge/stores";
import type { Clock, Dice, Ids, Outcome } from "matchforge";

/** What a gateway needs of its node: the replica, and the way into the log. */
export interface GatewayNode {
  readonly key: NodeKey;
  readonly state: State;
  /** Shard time now, in ms. */
  shardTime(): number;
  submit(command: Command): Promise<Outcome>;
  onApplied(listener: (entry: Entry, events: readonly KernelEvent[]) => void): void;
}

/** Who a token says its bearer is. */
export interface Identity {
  readonly player: PlayerId;
  readonly guest: boolean;
  /** Unix ms. */
  readonly expiresAt: number;
}

/** A token that is valid here, or the code of the reason why not. */
export type Verified = { readonly ok: true; readonly identity: Identity } | { readonly ok: false; readonly code: ErrorCode };

/** Checks tokens. */
export interface Tokens {
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
  readonly tokens: Tokens;
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
  readonly addressOf: (request: { readonly headers: Record<string, unknown>; readonly socket: { readonly remoteAddress?: string } }) => string;
}
