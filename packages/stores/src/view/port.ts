/** What outside readers see of a live match. Times are ms of shard time. */
export interface ShownMatch {
  readonly mode: string;
  readonly tier: string | null;
  readonly state: string;
  /** Empty while the players are not to know each other. */
  readonly players: readonly string[];
  readonly createdAt: number;
  /** Null unless it is being played. */
  readonly startedAt: number | null;
}

/** How things have come to be. Written twice, a change is the same change. */
export interface ViewChanges {
  /** Tickets that wait in a pool, and since when, in ms of shard time. */
  readonly waiting: readonly { readonly pool: string; readonly ticket: string; readonly since: number }[];
  /** Tickets that wait in a pool no longer. */
  readonly left: readonly { readonly pool: string; readonly ticket: string }[];
  /** Matches as they are; null: ended. */
  readonly matches: readonly { readonly id: string; readonly shown: ShownMatch | null }[];
}

/** What a view describes: the log up to a position, and the two times of that entry. */
export interface ViewMark {
  readonly position: number;
  /** The log's stamp, unix ms. */
  readonly at: number;
  /** Shard time in ms. */
  readonly time: number;
}

/**
 * Shows a shard's queues and live matches to readers outside. It can be lost at any time and rebuilt from the state:
 * nothing of ours reads it. Whatever nobody writes for a while expires, so that a dead shard shows nothing.
 *
 * One term writes at a time, each write on top of its last one. A write that finds something else there does nothing
 * and answers false: a later term has taken over, or the view was emptied or lost its last writes.
 *
 * @example
 * if (await view.takeOver(term)) await view.apply({ waiting, left: [], matches }, mark);
 */
export interface OutsideView {
  /**
   * Empties the view for a term, so that it is not whole; false when a later one writes there. Of a later term that
   * writes no more, as after the loss of the log, nothing is left once what it wrote has expired.
   */
  takeOver(term: number): Promise<boolean>;
  /** Writes changes, all or none. With a mark the view is whole, and describes at least what the mark says. */
  apply(changes: ViewChanges, mark: ViewMark | null): Promise<boolean>;
  /** Ends it at once; what is under way fails. */
  close(): Promise<void>;
}
