import type { PlayerId } from "../../ids.ts";
import { reviveRules } from "../../rules/revive-rules.ts";
import type { KernelEvent, NodeOrphaned } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { matchPlayerOf } from "../lookups.ts";
import type { Match, NodeRecord, Phase, Player } from "../model.ts";
import type { State } from "../state.ts";
import { scheduleMatch } from "./deadline.ts";
import { scheduleEviction, setTicketAbsence } from "./player.ts";

type NodeEvent = Extract<
  KernelEvent,
  { type: `node.${string}` | `epoch.${string}` | "kernel.level" | "rules.configured" | "archive.progressed" }
>;

/** Records the events of nodes, secret epochs, rules and levels. */
export function evolveNode(state: State, event: NodeEvent): void {
  switch (event.type) {
    case "node.up":
      return up(state, event.node, event.levels);
    case "node.heard":
      return scheduleNode(state, state.nodes.get(event.node) as NodeRecord);
    case "node.led":
      state.leader = event.node;
      state.term = event.term;
      return;
    case "node.draining":
      (state.nodes.get(event.node) as NodeRecord).draining = true;
      return;
    case "node.orphaned":
      return orphaned(state, event);
    case "node.lost":
      return lost(state, event.node);
    case "kernel.level":
      state.level = event.level;
      return;
    case "epoch.opened":
      state.secretEpochs.set(event.number, { number: event.number, hash: event.hash, openedAt: state.time, uses: 0 });
      return;
    case "epoch.revealed":
      state.secretEpochs.delete(event.number);
      return;
    case "rules.configured":
      state.rules.set(event.version, reviveRules(event.rules));
      state.rulesVersion = event.version;
      return dropUnusedRules(state);
    case "archive.progressed":
      state.archiveCursor = event.cursor;
      return;
  }
}

function up(state: State, id: NodeRecord["id"], levels: readonly number[]): void {
  const node: NodeRecord = {
    kind: "node",
    id,
    deadline: Number.POSITIVE_INFINITY,
    heapIndex: -1,
    levels,
    lastEntryAt: state.time,
    draining: false,
  };
  state.nodes.set(id, node);
  scheduleNode(state, node);
}

function scheduleNode(state: State, node: NodeRecord): void {
  state.deadlines.set(node, node.lastEntryAt + kernelLimits.nodeLostAfterMs);
}

function lost(state: State, id: NodeRecord["id"]): void {
  const node = state.nodes.get(id);
  if (node !== undefined) state.deadlines.remove(node);
  state.nodes.delete(id);
  if (state.leader === id) state.leader = null;
}

function orphaned(state: State, event: NodeOrphaned): void {
  for (const id of event.players) orphan(state, id, event);
  for (const id of event.matches) {
    const match = state.matches.get(id);
    if (match === undefined) continue;
    match.phase = postponed(match.phase, event.extendMs);
    scheduleMatch(state, match);
  }
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
  if (own !== undefined && match?.phase.state === "ACTIVE") {
    own.absentUntil = state.time + kernelLimits.playGraceMs + event.extendMs;
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
    default:
      return { ...phase, deadline };
  }
}

function dropUnusedRules(state: State): void {
  const used = new Set<number>([state.rulesVersion]);
  for (const match of state.matches.values() as Iterable<Match>) used.add(match.rulesVersion);
  for (const version of [...state.rules.keys()]) if (!used.has(version)) state.rules.delete(version);
}
