/** What a crowd has seen within a stretch of time. Times in ms, unsorted. */
export class CrowdFigures {
  /** `queue.enter` to its reply. */
  readonly enqueueMs: number[] = [];
  /** `queue.leave` to its reply. */
  readonly leaveMs: number[] = [];
  /** The second one's `queue.enter` to `match.found` on both. */
  readonly foundMs: number[] = [];
  /** The same, where the two play on different nodes. */
  readonly foundAcrossMs: number[] = [];
  /** The first `match.ready` to `match.ready_update` on the other. */
  readonly readyMs: number[] = [];
  /** `game.progress` to `game.opponent_progress` on the other. */
  readonly relayMs: number[] = [];
  /** Matches being played, looked at now and then. */
  readonly live: number[] = [];
  readonly refusals = new Map<string, number>();
  entered = 0;
  left = 0;
  found = 0;
  finished = 0;
  cancelled = 0;

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }
}
