import type { Entry, KernelEvent, MatchId, PlayerId } from "@matchforge/core";
import { type Assignment, assignmentOf } from "../auth/assignment.ts";
import { loadingViewOf } from "./loading-progress.ts";
import type { MatchRooms } from "./match-rooms.ts";
import type { GatewayDeps } from "./ports.ts";
import type { Session } from "./session.ts";

/** Tells players of a match that is being prepared: who has loaded, and where they are to play. */
export class AllocationPushes {
  readonly #deps: GatewayDeps;
  readonly #rooms: MatchRooms;
  readonly #sessionOf: (player: PlayerId) => Session | undefined;

  constructor(options: {
    readonly deps: GatewayDeps;
    readonly rooms: MatchRooms;
    readonly sessionOf: (player: PlayerId) => Session | undefined;
  }) {
    this.#deps = options.deps;
    this.#rooms = options.rooms;
    this.#sessionOf = options.sessionOf;
  }

  event(entry: Entry, event: KernelEvent): void {
    switch (event.type) {
      case "match.preparing":
        if (event.due?.loading !== undefined) this.#loading(entry, event.match);
        return;
      case "match.loaded":
        return this.#loaded(entry, event);
      case "match.allocated":
        for (const session of this.#sessionsIn(event.match))
          this.assigned(session, event.match, entry.position);
        return;
    }
  }

  /** Tells a player alone where to play, and gives the pass to it. */
  assigned(session: Session, match: MatchId, position: number): void {
    assignmentFor(this.#deps, session.player, match)
      .then((assignment) => {
        if (assignment !== null) session.push("match.assigned", assignment, position);
      })
      .catch((error: unknown) => this.#deps.logger.error({ error }, "a match ticket could not be signed"));
  }

  #loading(entry: Entry, match: MatchId): void {
    const view = loadingViewOf(this.#deps, match);
    if (view === undefined) return;
    for (const session of this.#sessionsIn(match)) session.push("match.loading", view, entry.position);
  }

  /** With the last of them nobody loads any more: the event itself still says so. */
  #loaded(entry: Entry, event: Extract<KernelEvent, { type: "match.loaded" }>): void {
    const { match, player: player_id, loaded, total } = event;
    const deadline = loadingViewOf(this.#deps, match)?.deadline ?? this.#deps.wallClock();
    const data = { match_id: match, deadline, loaded, total, player_id, progress: 1 };
    for (const session of this.#sessionsIn(match)) session.push("match.loading", data, entry.position);
  }

  #sessionsIn(match: MatchId): Session[] {
    return this.#rooms.of(match).players.flatMap((player) => this.#sessionOf(player) ?? []);
  }
}

/** A player's assignment as this node's replica has it; null while there is none. */
export async function assignmentFor(
  { node, passes, wallClock }: Pick<GatewayDeps, "node" | "passes" | "wallClock">,
  player: PlayerId,
  id: MatchId,
): Promise<Assignment | null> {
  const match = node.state.matches.get(id);
  if (match === undefined) return null;
  return assignmentOf(match, player, { passes, shardTime: node.shardTime(), wallTime: wallClock() });
}
