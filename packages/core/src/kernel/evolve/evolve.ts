import type { KernelEvent } from "../events.ts";
import type { State } from "../state.ts";
import * as match from "./match.ts";
import * as matchEnd from "./match-end.ts";
import * as node from "./node.ts";
import * as player from "./player.ts";
import { rememberRequest } from "./request.ts";
import * as ticket from "./ticket.ts";

/**
 * Records one event in the state, in place. It judges nothing and cannot refuse: an error here is a bug,
 * and the node that meets it stops and rebuilds.
 */
export function evolve(state: State, event: KernelEvent): void {
  switch (event.type) {
    case "refused":
    case "violation":
      return;
    case "ticket.queued":
      return ticket.queued(state, event);
    case "ticket.warned":
      return ticket.warned(state, event);
    case "ticket.ended":
      return ticket.ended(state, event);
    case "match.created":
      return match.created(state, event);
    case "match.notified":
      return match.notified(state, event);
    case "match.accepted":
      match.accepted(state, event);
      return rememberRequest(state, event.player, event.origin);
    case "match.preparing":
      return match.preparing(state, event);
    case "match.escrowed":
      return match.escrowed(state, event);
    case "match.ready":
      return match.ready(state, event);
    case "match.beginning":
      return match.beginning(state, event);
    case "match.started":
      return match.started(state, event);
    case "match.checkpointed":
      return match.checkpointed(state, event);
    case "match.finished":
      return match.finished(state, event);
    case "match.forfeited":
      match.forfeited(state, event);
      return rememberRequest(state, event.player, event.origin);
    case "match.counting":
      return match.counting(state, event);
    default:
      return evolveRare(state, event);
  }
}

type Rare = Exclude<
  KernelEvent,
  { type: "refused" | "violation" | `ticket.${string}` | Exclude<Extract<KernelEvent, { type: `match.${string}` }>["type"], EndOfMatch> }
>;
type EndOfMatch = "match.resolved" | "match.settled" | "match.cancelled" | "match.voided" | "match.settlement_late";

function evolveRare(state: State, event: Rare): void {
  switch (event.type) {
    case "match.resolved":
      return matchEnd.resolved(state, event);
    case "match.settled":
      return matchEnd.settled(state, event);
    case "match.settlement_late":
      return matchEnd.settlementLate(state, event);
    case "match.cancelled":
      return matchEnd.cancelled(state, event);
    case "match.voided":
      return matchEnd.voided(state, event);
    case "player.connected":
      return player.connected(state, event);
    case "player.disconnected":
      return player.disconnected(state, event);
    case "player.deposited":
      return player.deposited(state, event);
    case "player.kept":
      return player.kept(state, event);
    case "player.evicted":
      return player.evicted(state, event);
    default:
      return node.evolveNode(state, event);
  }
}
