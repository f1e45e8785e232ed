import type { PlayerId } from "../../ids.ts";
import type {
  NodeDrainingEvent,
  NodeHashed,
  NodeHeard,
  NodeLed,
  NodeLost,
  NodeOrphaned,
  NodeUpEvent,
} from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { matchPlayerOf } from "../lookups.ts";
import type { NodeRecord, Phase, Player } from "../model.ts";
import type { State } from "../state.ts";
import { scheduleMatch } from "./deadline.ts";
import { scheduleEviction, setTicketAbsence } from "./player.ts";

export function up(state: State, { node: id, levels, address }: NodeUpEvent): void {
  const node: NodeRecord = {
    kind: "node",
    id,
    deadline: Number.POSITIVE_INFINITY,
    heapIndex: -1,
    levels,
    address,
    lastEntryAt: state.time,
    draining: false,
  };
  state.nodes.set(id, node);
  schedule(state, node);
}

export function heard(state: State, event: NodeHeard): void {
  schedule(state, state.nodes.get(event.node) as NodeRecord);
}

export function led(state: State, event: NodeLed): void {
  state.leader = event.node;
  state.term = event.term;
}

export function draining(state: State, event: NodeDrainingEvent): void {
  (state.nodes.get(event.node) as NodeRecord).draining = true;
}

export function hashed(state: State, { type: _, node: id, ...claim }: NodeHashed): void {
  const node = state.nodes.get(id) as NodeRecord;
  node.claims = { ...node.claims, [claim.of]: claim };
}

export function lost(state: State, { node: id }: NodeLost): void {
  const node = state.nodes.get(id);
  if (node !== undefined) state.deadlines.remove(node);
  state.nodes.delete(id);
  if (state.leader === id) state.leader = null;
}

function schedule(state: State, node: NodeRecord): void {
  state.deadlines.set(node, node.lastEntryAt + kernelLimits.nodeLostAfterMs);
}

export function orphaned(state: State, event: NodeOrphaned): void {
  for (const id of event.players) orphan(state, id, event);
  for (const id of event.excused) excuse(state, id, event);
  for (const id of event.matches) {
    const match = state.matches.get(id);
    if (match === undefined) continue;
    match.extensions += 1;
    match.phase = postponed(match.phase, event.extendMs);
    scheduleMatch(state, match);
  }
}

/** What somebody was blamed for while their node was silent is not held against them, wherever they are now. */
function excuse(state: State, id: PlayerId, { node, since }: NodeOrphaned): void {
  const player = state.players.get(id) as Player;
  player.touchedAt = state.position;
  player.offences = player.offences.filter((offence) => offence.node !== node || offence.at < since);
}

/** The same clocks as for a disconnect, longer by the extension, and no blame. */
function orphan(state: State, id: PlayerId, event: NodeOrphaned): void {
  const player = state.players.get(id) as Player;
  player.epoch = 0;
  player.touchedAt = state.position;
  if (player.offences.some((offence) => offence.at >= event.since)) {
    player.offences = player.offences.filter((offence) => offence.at < event.since);
  }
  const ticket = player.ticket === null ? undefined : state.tickets.get(player.ticket);
  if (ticket !== undefined) {
    setTicketAbsence(state, ticket, state.time + kernelLimits.ticketGraceMs + event.extendMs);
  }
  const match = player.match === null ? undefined : state.matches.get(player.match);
  const own = match && matchPlayerOf(match, id);
  if (own !== undefined) own.orphaned = true;
  if (own !== undefined && match?.phase.state === "ACTIVE") {
    own.absentUntil = state.time + kernelLimits.playGraceMs + event.extendMs;
    scheduleMatch(state, match);
  }
  scheduleEviction(state, player);
}

function postponed(phase: Phase, extendMs: number): Phase {
  const deadline = phase.deadline + extendMs;
  switch (phase.state) {
    case "READY":
      return { ...phase, deadline, startsAt: phase.startsAt + extendMs };
    case "ACTIVE":
      return { ...phase, deadline, endsAt: phase.endsAt + extendMs };
    case "PREPARING":
      return phase.due === undefined
        ? { ...phase, deadline }
        : { ...phase, deadline, due: later(phase.due, extendMs) };
    default:
      return { ...phase, deadline };
  }
}

function later(due: Due, extendMs: number): Due {
  return Object.fromEntries(Object.entries(due).map(([item, at]) => [item, at + extendMs]));
}

type Due = NonNullable<Extract<Phase, { state: "PREPARING" }>["due"]>;
