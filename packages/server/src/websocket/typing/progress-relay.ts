import type { MatchId, State } from "@matchforge/core";
import type { ServerMessages } from "@matchforge/protocol";
import type { Relay } from "@matchforge/stores";
import type { RelayedLoading } from "../loading-progress.ts";
import type { Session } from "../session.ts";
import { matchTopic, type RelayedProgress } from "./typing-play.ts";

/** Who on this node hears of a match; they share one subscription. */
interface Audience {
  readonly sessions: Set<Session>;
  readonly end: () => void;
}

type LoadingOf = (match: MatchId) => ServerMessages["match.loading"] | undefined;

/** Brings the progress of the others in a match to this node's players. */
export class ProgressRelay {
  readonly #relay: Relay;
  readonly #loadingOf: LoadingOf;
  readonly #audiences = new Map<MatchId, Audience>();
  readonly #matches = new Map<Session, MatchId>();

  constructor(options: {
    readonly relay: Relay;
    /** How far a match has come with loading; undefined when nobody loads it any more. */
    readonly loadingOf: LoadingOf;
  }) {
    this.#relay = options.relay;
    this.#loadingOf = options.loadingOf;
  }

  /** A player who is back in a match hears of it again. */
  follow(session: Session, state: State): void {
    const match = state.players.get(session.player)?.match;
    if (match) this.join(session, match);
  }

  join(session: Session, match: MatchId): void {
    if (this.#matches.get(session) === match) return;
    this.leave(session);
    this.#matches.set(session, match);
    const audience = this.#audiences.get(match) ?? this.#gather(match);
    audience.sessions.add(session);
  }

  leave(session: Session): void {
    const match = this.#matches.get(session);
    if (match === undefined) return;
    this.#matches.delete(session);
    const audience = this.#audiences.get(match);
    audience?.sessions.delete(session);
    if (audience?.sessions.size !== 0) return;
    audience.end();
    this.#audiences.delete(match);
  }

  #tellLoading(match: MatchId, sessions: ReadonlySet<Session>, { player, loading }: RelayedLoading): void {
    const view = this.#loadingOf(match);
    if (view === undefined) return;
    const data = { ...view, player_id: player, progress: loading };
    for (const session of sessions)
      if (session.player !== player) session.connection.sendFrame("match.loading", data);
  }

  #gather(match: MatchId): Audience {
    const sessions = new Set<Session>();
    const end = this.#relay.subscribe(matchTopic(match), (payload) => {
      const { player, ...progress } = JSON.parse(payload) as RelayedProgress | RelayedLoading;
      if ("loading" in progress) return this.#tellLoading(match, sessions, { player, ...progress });
      const data = { match_id: match, ...progress };
      for (const session of sessions)
        if (session.player !== player) session.connection.sendFrame("game.opponent_progress", data);
    });
    const audience = { sessions, end };
    this.#audiences.set(match, audience);
    return audience;
  }
}
