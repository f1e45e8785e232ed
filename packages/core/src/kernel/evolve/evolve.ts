import type { KernelEvent } from "../events.ts";
import type { State } from "../state.ts";
import * as admin from "./admin.ts";
import * as allocation from "./allocation.ts";
import * as crew from "./crew.ts";
import * as match from "./match.ts";
import * as matchEnd from "./match-end.ts";
import * as node from "./node.ts";
import * as party from "./party.ts";
import * as player from "./player.ts";
import * as round from "./round.ts";
import * as server from "./server.ts";
import * as shard from "./shard.ts";
import * as siege from "./siege.ts";
import * as territory from "./territory.ts";
import * as ticket from "./ticket.ts";

/**
 * Records one event in the state, in place. It judges nothing and cannot refuse: an error here is a bug,
 * and the node that meets it stops and rebuilds.
 */
export function evolve(state: State, event: KernelEvent): void {
  const record = recorders[event.type] as (state: State, event: KernelEvent) => void;
  record(state, event);
}

type Recorders = {
  readonly [Type in KernelEvent["type"]]: (
    state: State,
    event: Extract<KernelEvent, { readonly type: Type }>,
  ) => void;
};

const nothing = (): void => undefined;

/** How each event is recorded: one entry for every type of event there is. */
export const recorders: Recorders = {
  refused: nothing,
  violation: nothing,
  "player.connected": player.connected,
  "player.disconnected": player.disconnected,
  "player.preferred": player.preferred,
  "player.deposited": player.deposited,
  "player.kept": player.kept,
  "player.evicted": player.evicted,
  "party.created": party.created,
  "party.invited": party.invited,
  "party.joined": party.joined,
  "party.left": party.left,
  "party.promoted": party.promoted,
  "party.readied": party.readied,
  "party.disbanded": party.disbanded,
  "party.invitations_ended": party.invitationsEnded,
  "crew.created": crew.created,
  "crew.invited": crew.invited,
  "crew.joined": crew.joined,
  "crew.left": crew.left,
  "crew.promoted": crew.promoted,
  "crew.disbanded": crew.disbanded,
  "crew.invitations_ended": crew.invitationsEnded,
  "territory.taken": territory.taken,
  "territory.freed": territory.freed,
  "ticket.queued": ticket.queued,
  "ticket.warned": ticket.warned,
  "ticket.ended": ticket.ended,
  "match.created": match.created,
  "round.joined": round.joined,
  "round.left": round.left,
  "round.extended": round.extended,
  "siege.joined": siege.joined,
  "siege.left": siege.left,
  "match.notified": match.notified,
  "match.accepted": match.accepted,
  "match.preparing": match.preparing,
  "match.escrowed": match.escrowed,
  "match.ready": match.ready,
  "match.dispatched": match.dispatched,
  "match.beginning": match.beginning,
  "match.started": match.started,
  "match.checkpointed": match.checkpointed,
  "match.finished": match.finished,
  "match.forfeited": match.forfeited,
  "match.counting": match.counting,
  "match.resolved": matchEnd.resolved,
  "match.settled": matchEnd.settled,
  "match.settlement_late": matchEnd.settlementLate,
  "match.cancelled": matchEnd.cancelled,
  "match.voided": matchEnd.voided,
  "match.loaded": allocation.loaded,
  "match.allocating": allocation.allocating,
  "match.allocated": allocation.allocated,
  "match.unallocated": allocation.unallocated,
  "match.server_lost": allocation.serverLost,
  "match.admitted": allocation.admitted,
  "match.redeemed": allocation.redeemed,
  "match.stood": allocation.stood,
  "match.claimed": allocation.claimed,
  "server.up": server.up,
  "server.changed": server.changed,
  "server.heard": server.heard,
  "server.lost": server.lost,
  "server.released": server.released,
  "node.up": node.up,
  "node.heard": node.heard,
  "node.led": node.led,
  "node.draining": node.draining,
  "node.hashed": node.hashed,
  "node.differs": nothing,
  "node.orphaned": node.orphaned,
  "node.lost": node.lost,
  "kernel.level": shard.levelRaised,
  "epoch.opened": shard.epochOpened,
  "epoch.revealed": shard.epochRevealed,
  "rules.configured": shard.rulesConfigured,
  "archive.progressed": shard.archiveProgressed,
  "admin.acted": nothing,
  "rules.adopted": admin.rulesAdopted,
  "player.pardoned": admin.pardoned,
  announced: nothing,
  "node.drain_asked": nothing,
  "shard.halted": admin.halted,
  "shard.resumed": admin.resumed,
};
