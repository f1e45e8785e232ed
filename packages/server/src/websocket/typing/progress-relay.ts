import type { MatchId, State } from "@matchforge/core";
import type { Relay } from "@matchforge/stores";
import type { Session } from "../session.ts";
import { matchTopic, type RelayedProgress } from "./typing-play.ts";

/** Brings the progress of the others in a match to this node's players. */
export class ProgressRelay {
  readonly #relay: Relay;
  readonly #subscriptions = new Map<Session, { readonly match: MatchId; readonly end: () => void }>();

  constructor(relay: Relay) {
    this.#relay = relay;
  }

  /** A player who is back in a match hears of it again. */
  follow(session: Session, state: State): void {
    const match = state.players.get(session.player)?.match;
    if (match) this.join(session, match);
  }

  join(session: Session, match: MatchId): void {
    if (this.#subscriptions.get(session)?.match === match) return;
    this.leave(session);
    const end = this.#relay.subscribe(matchTopic(match), (payload) => {
      const { player, ...progress } = JSON.parse(payload) as RelayedProgress;
      if (player !== session.player)
        session.connection.sendFrame("game.opponent_progress", { match_id: match, ...progress });
    });
    this.#subscriptions.set(session, { match, end });
  }

  leave(session: Session): void {
    this.#subscriptions.get(session)?.end();
    this.#subscriptions.delete(session);
  }
}
