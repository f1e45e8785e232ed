import type { Entry, KernelEvent, MatchId, PlayerId } from "@matchforge/core";
import type { GatewayDeps } from "./ports.ts";
import type { Session } from "./session.ts";
import { roundViewOf } from "./views/round-view.ts";

/** Tells this node's players how the rounds they have registered for fill up. */
export class RoundPushes {
  readonly #node: GatewayDeps["node"];
  readonly #sessionOf: (player: PlayerId) => Session | undefined;

  constructor(options: {
    readonly node: GatewayDeps["node"];
    readonly sessionOf: (player: PlayerId) => Session | undefined;
  }) {
    this.#node = options.node;
    this.#sessionOf = options.sessionOf;
  }

  /** One event of an entry that has just been applied. */
  event(entry: Entry, event: KernelEvent): void {
    switch (event.type) {
      case "match.created":
        if (event.state === "FORMING") this.#changed(entry, event.match);
        return;
      case "round.joined":
      case "round.left":
      case "round.extended":
        return this.#changed(entry, event.match);
    }
  }

  #changed(entry: Entry, id: MatchId): void {
    const { state } = this.#node;
    const match = state.matches.get(id);
    const update = match && roundViewOf(state, match, this.#node.shardTime());
    if (match === undefined || update === undefined) return;
    for (const player of match.players)
      this.#sessionOf(player.id)?.push("round.update", update, entry.position);
  }
}
