import type { KernelEvent, MatchId, MatchResult, PlayerId, TicketId } from "@matchforge/core";
import { eventsText } from "matchforge";
import type { Violate } from "./check.ts";
import type { Chronicle } from "./chronicle.ts";

/** What all players together were promised: tickets that were acknowledged, results and payouts that were told. */
export class Promises {
  readonly #violate: Violate;
  readonly #acknowledged = new Map<TicketId, PlayerId>();
  readonly #results = new Map<MatchId, { readonly text: string; readonly result: MatchResult }>();
  readonly #toldTo = new Set<string>();

  constructor(violate: Violate) {
    this.#violate = violate;
  }

  /** A player's request was answered with what followed from it. */
  answered(player: PlayerId, events: readonly KernelEvent[]): void {
    for (const event of events)
      if (event.type === "ticket.queued") this.#acknowledged.set(event.ticket, player);
  }

  /** Whether the player who queued knows that they did. */
  isAcknowledged(ticket: TicketId): boolean {
    return this.#acknowledged.has(ticket);
  }

  /** A player is told the result of a match: once, and the same as everybody. */
  result({ player, match, result }: { player: PlayerId; match: MatchId; result: MatchResult }): void {
    const key = `${player} ${match}`;
    if (this.#toldTo.has(key)) this.#violate(`told: ${player} hears the result of ${match} twice`);
    this.#toldTo.add(key);
    const text = eventsText([{ type: "match.resolved", match, mode: "", result, deadline: 0, effect: null }]);
    const known = this.#results.get(match);
    if (known === undefined) this.#results.set(match, { text, result });
    else if (known.text !== text)
      this.#violate(`told: ${player} hears another result of ${match} than others`);
  }

  /** A player is told of their payout: what the result said. */
  paid({ player, match, amount }: { player: PlayerId; match: MatchId; amount: bigint }): void {
    const promised = this.#results.get(match)?.result.players.find((own) => own.player === player);
    if (promised !== undefined && promised.payout !== amount)
      this.#violate(`told: ${player} is paid ${amount} for ${match}, they were told ${promised.payout}`);
  }

  /** When all is over: no ticket that was acknowledged is lost without an end that its player was named in. */
  judge(chronicle: Chronicle): void {
    for (const [ticket, player] of this.#acknowledged) {
      const known = chronicle.tickets.get(ticket);
      if (known?.place !== "ended" || !known.queued.players.includes(player))
        this.#violate(`2: ${ticket} was acknowledged to ${player} and is lost`);
    }
  }
}
