import type {
  MatchAllocated,
  ServerChanged,
  ServerHeard,
  ServerLost,
  ServerReleased,
  ServerUpEvent,
} from "../events.ts";
import { kernelLimits } from "../limits.ts";
import type { GameServer, Match } from "../model.ts";
import { allocationKeyOf, releaseOf } from "../prepare.ts";
import { lentOffer } from "../servers.ts";
import type { State } from "../state.ts";

export function up(state: State, event: ServerUpEvent): void {
  const { server: id, allocator, instance, epoch, offer, isHeard } = event;
  add(state, { id, allocator, instance, epoch, offer, lastHeardAt: isHeard ? state.time : null });
}

export function changed(state: State, event: ServerChanged): void {
  const server = state.servers.get(event.server) as GameServer;
  server.offer = event.offer;
  server.draining = event.draining;
  if (server.lastHeardAt !== null) hear(state, server);
}

export function heard(state: State, event: ServerHeard): void {
  for (const id of event.servers) hear(state, state.servers.get(id) as GameServer);
}

/** What becomes of its matches follows in events of their own. */
export function lost(state: State, event: ServerLost): void {
  const server = state.servers.get(event.server) as GameServer;
  remove(state, server);
  if (!server.isLent) return;
  for (const match of server.matches) oweRelease(state, state.matches.get(match), server.allocator);
}

export function released(state: State, event: ServerReleased): void {
  state.effects.delete(event.key);
}

/** The match has a place on its server; a lent server exists for this match alone. */
export function take(state: State, event: MatchAllocated): void {
  const { server: id, allocator, key: instance, isLent } = event;
  if (isLent)
    add(state, {
      id,
      allocator,
      instance,
      epoch: state.position,
      offer: lentOffer(event),
      lastHeardAt: null,
      isLent,
    });
  const server = state.servers.get(id) as GameServer;
  server.matches = [...server.matches, event.match];
}

/** The match needs no server any more: its place is free, what was lent goes back, what is on its way is released. */
export function endAllocation(state: State, match: Match): void {
  const { allocation } = match;
  if (allocation === undefined) return;
  if (allocation.isPending) {
    state.effects.delete(allocationKeyOf(match.id, allocation.attempt));
    oweRelease(state, match);
  }
  const server = allocation.server === null ? undefined : state.servers.get(allocation.server);
  if (server !== undefined) leave(state, server, match);
  delete match.allocation;
}

function leave(state: State, server: GameServer, match: Match): void {
  server.matches = server.matches.filter((id) => id !== match.id);
  if (!server.isLent) return;
  remove(state, server);
  oweRelease(state, match, server.allocator);
}

/** By whoever lent it, where that is known; else by all who may hold anything. */
function oweRelease(state: State, match: Match | undefined, lender?: string): void {
  if (match?.allocation === undefined) return;
  const { attempt } = match.allocation;
  const only = lender === undefined ? {} : { only: lender };
  const effect = releaseOf(state, { matchId: match.id, attempt, ...only });
  state.effects.set(effect.key, effect);
}

type NewServer = Pick<GameServer, "id" | "allocator" | "instance" | "epoch" | "offer" | "lastHeardAt"> & {
  readonly isLent?: true;
};

function add(state: State, server: NewServer): void {
  const added: GameServer = {
    kind: "server",
    deadline: Number.POSITIVE_INFINITY,
    heapIndex: -1,
    draining: false,
    matches: none,
    ...server,
  };
  state.servers.set(server.id, added);
  if (server.lastHeardAt !== null) hear(state, added);
}

const none: readonly never[] = [];

/** A server that was heard is missed from here on when it falls silent. */
function hear(state: State, server: GameServer): void {
  server.lastHeardAt = state.time;
  state.deadlines.set(server, state.time + kernelLimits.serverLostAfterMs);
}

function remove(state: State, server: GameServer): void {
  state.deadlines.remove(server);
  state.servers.delete(server.id);
}
