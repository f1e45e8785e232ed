import type { PlayerId, RatingRecord } from "@matchforge/core";
import type { ServerMessages, ServerMessageType } from "@matchforge/protocol";
import type { PlayerIdentity } from "../auth/tokens.ts";
import type { CommandQueue } from "./requests/command-queue.ts";
import type { Connection } from "./socket/connection.ts";
import type { TypingPlay } from "./typing/typing-play.ts";

/** The server's own id of an event: its place in the log. */
export function eventId(position: number): string {
  return `event_${position}`;
}

/** The place in the log that an event's id names; undefined for anything else. */
export function positionOfEvent(id: string): number | undefined {
  const found = /^event_([0-9]{1,16})$/.exec(id);
  return found === null ? undefined : Number(found[1]);
}

const neverUpdated: { readonly text: string; readonly sentAt: number } = {
  text: "",
  sentAt: Number.NEGATIVE_INFINITY,
};

/** A signed-in player on this node: one live connection and what goes with it. */
export class Session {
  readonly player: PlayerId;
  readonly epoch: number;
  readonly identity: PlayerIdentity;
  readonly connection: Connection;
  /** Names this client in the deduplication of requests. */
  readonly instance: string;
  /** What the archive remembers of a player the kernel had forgotten. */
  readonly records: readonly RatingRecord[];
  /** The newest event sent. */
  lastEvent = 0;
  typing: TypingPlay | null = null;
  /** Made with the first request. */
  commands: CommandQueue | null = null;
  queueUpdate = neverUpdated;
  /** When this player last told how far a match is loaded, by the node's clock. */
  loadingToldAt = Number.NEGATIVE_INFINITY;

  constructor(options: {
    readonly identity: PlayerIdentity;
    readonly epoch: number;
    readonly connection: Connection;
    readonly instance: string;
    readonly records: readonly RatingRecord[];
  }) {
    this.identity = options.identity;
    this.player = options.identity.player;
    this.epoch = options.epoch;
    this.connection = options.connection;
    this.instance = options.instance;
    this.records = options.records;
  }

  /** Tells the player of an event; its id is the event's place in the log. */
  push<Type extends ServerMessageType>(type: Type, data: ServerMessages[Type], position: number): void {
    this.lastEvent = Math.max(this.lastEvent, position);
    this.connection.send(type, data, eventId(position));
  }
}
