import type { PlayerId, PoolKey } from "../../ids.ts";
import type { State } from "../state.ts";

/**
 * Invariant 9, as far as one state can tell: whatever a snapshot rebuilds or a counter repeats agrees with
 * what it is derived from, so that a restored replica goes on exactly like this one.
 */
export function checkDerived(state: State, broken: string[]): void {
  checkPools(state, broken);
  checkCounts(state, broken);
  checkHeap(state, broken);
  if (state.leader !== null && !state.nodes.has(state.leader))
    broken.push(`9: ${state.leader} leads but is gone`);
  if (state.rulesVersion > 0 && !state.rules.has(state.rulesVersion))
    broken.push("9: the rules in force are gone");
}

function checkPools(state: State, broken: string[]): void {
  const waiting = new Map<PoolKey, { all: number; present: number }>();
  for (const pool of state.pools.keys()) waiting.set(pool, { all: 0, present: 0 });
  for (const ticket of state.tickets.values()) {
    if (ticket.state !== "waiting") continue;
    const isPresent = ticket.absentUntil === Number.POSITIVE_INFINITY;
    for (const standing of ticket.standings) {
      const counts = waiting.get(standing.pool);
      if (counts === undefined) continue;
      counts.all += 1;
      if (isPresent) counts.present += 1;
      if (state.pools.get(standing.pool)?.index.isPresent(standing) !== isPresent) {
        broken.push(
          `9: ${ticket.id} is ${isPresent ? "missing from" : "left in"} the ratings of ${standing.pool}`,
        );
      }
    }
  }
  for (const { key, forming } of state.pools.values()) {
    const open = [...state.matches.values()].filter(
      ({ pool, phase, contest }) => pool === key && phase.state === "FORMING" && contest === null,
    );
    const isSame = open.length === forming.length && open.every(({ id }) => forming.includes(id));
    if (!isSame) broken.push(`9: ${key} lists ${forming.length} open rounds, not ${open.length}`);
  }
  for (const { key, index } of state.pools.values()) {
    const counts = waiting.get(key);
    if (index.size !== counts?.all) broken.push(`9: ${key} holds ${index.size} tickets, not ${counts?.all}`);
    if (index.byRating.size !== counts?.present)
      broken.push(`9: ${key} rates ${index.byRating.size} tickets, not ${counts?.present}`);
  }
}

function checkCounts(state: State, broken: string[]): void {
  const live = new Map<string, number>();
  const uses = new Map<number, number>();
  const settling = new Map<PlayerId, number>();
  for (const match of state.matches.values()) {
    add(live, match.mode);
    add(uses, match.secretEpoch);
    if (match.phase.state === "RESOLVED") for (const { id } of match.players) add(settling, id);
  }
  for (const ticket of state.tickets.values()) add(uses, ticket.secretEpoch);
  for (const mode of new Set([...live.keys(), ...state.liveMatches.keys()])) {
    const counted = state.liveMatches.get(mode) ?? 0;
    if (counted !== (live.get(mode) ?? 0))
      broken.push(`9: ${mode} counts ${counted} live matches, not ${live.get(mode) ?? 0}`);
  }
  for (const epoch of state.secretEpochs.values()) {
    const used = uses.get(epoch.number) ?? 0;
    if (epoch.uses !== used) broken.push(`9: epoch ${epoch.number} counts ${epoch.uses} uses, not ${used}`);
    uses.delete(epoch.number);
  }
  for (const number of uses.keys()) broken.push(`9: epoch ${number} is gone but still used`);
  for (const { id, settling: counted } of state.players.values()) {
    if (counted !== (settling.get(id) ?? 0))
      broken.push(`9: ${id} counts ${counted} settlements, not ${settling.get(id) ?? 0}`);
  }
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Whoever says to be in the heap is there, and nobody else is. */
function checkHeap(state: State, broken: string[]): void {
  let inside = 0;
  for (const subjects of [
    state.players,
    state.parties,
    state.crews,
    state.tickets,
    state.matches,
    state.nodes,
    state.servers,
  ]) {
    for (const { id, heapIndex, deadline } of subjects.values()) {
      if (heapIndex >= 0) inside += 1;
      if (heapIndex >= 0 !== Number.isFinite(deadline))
        broken.push(`9: ${id} has a deadline of ${deadline} at ${heapIndex}`);
    }
  }
  if (inside !== state.deadlines.size)
    broken.push(`9: ${inside} deadlines, but ${state.deadlines.size} in the heap`);
  for (const node of state.nodes.values())
    if (node.heapIndex < 0) broken.push(`3: ${node.id} is not watched`);
}
