import type { MatchId, NodeKey, PlayerId } from "../../ids.ts";
import type { Entry, KernelLevel, NodeDraining, NodeHash, NodeLead, NodeUp } from "../commands.ts";
import type { KernelEvent, NodeOrphaned } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import type { NodeRecord, Player } from "../model.ts";
import { levelOfHashes, levelOfServers, type State, supportedLevels } from "../state.ts";
import { refuse } from "./refuse.ts";

/** A node starts; an earlier run of the same name that was never seen to stop is lost from here on. */
export function decideUp(state: State, entry: Entry, command: NodeUp): KernelEvent[] {
  if (state.nodes.has(entry.node)) return refuse(command, "INVALID_STATE");
  if (!command.levels.includes(state.level)) return refuse(command, "LEVEL_NOT_SUPPORTED");
  const name = nameOf(entry.node);
  const events: KernelEvent[] = [];
  for (const node of state.nodes.values()) {
    if (nameOf(node.id) === name) events.push(orphaned(state, node), { type: "node.lost", node: node.id });
  }
  const { levels, address = null } = command;
  events.push({ type: "node.up", node: entry.node, levels, address });
  return events;
}

/** Claims of two nodes about the same thing are compared: replicas of one log cannot differ. */
export function decideHash(state: State, entry: Entry, command: NodeHash): KernelEvent[] {
  if (state.level < levelOfHashes) return refuse(command, "LEVEL_NOT_SUPPORTED");
  const { type: _, ...claim } = command;
  const events: KernelEvent[] = [{ type: "node.hashed", node: entry.node, ...claim }];
  const { of, position, hash } = claim;
  const others = [...state.nodes.values()].filter((node) => {
    const other = node.claims?.[of];
    return node.id !== entry.node && other?.position === position && other.hash !== hash;
  });
  if (others.length === 0) return events;
  const differing = { of, position, nodes: [...others.map(({ id }) => id), entry.node] };
  if (claim.replayed && others.every((node) => node.claims?.[of]?.replayed)) {
    const detail = `${differing.nodes.join(" and ")} differ in ${of} at ${position}, and each again when it read the log anew`;
    const isNew = state.level >= levelOfServers && state.haltedAt === undefined;
    const halted: KernelEvent[] = isNew ? [{ type: "shard.halted", position: entry.position }] : [];
    return [...events, { type: "violation", code: "REPLICAS_DISAGREE", detail }, ...halted];
  }
  return claim.replayed ? events : [...events, { type: "node.differs", ...differing }];
}

function nameOf(node: string): string {
  return node.slice(0, node.lastIndexOf("/"));
}

/** The first `node.lead` in the log after the leader fell silent wins; its position is the term. */
export function decideLead(state: State, entry: Entry, command: NodeLead): KernelEvent[] {
  const candidate = state.nodes.get(entry.node);
  if (candidate === undefined) return refuse(command, "NODE_NOT_FOUND");
  if (candidate.draining) return refuse(command, "INVALID_STATE");
  const leader = state.leader === null ? undefined : state.nodes.get(state.leader);
  const silent = leader === undefined || state.time - leader.lastEntryAt >= kernelLimits.leaderLostAfterMs;
  if (!silent && !leader.draining) return refuse(command, "INVALID_STATE");
  return [{ type: "node.led", node: entry.node, term: entry.position }];
}

export function decideDraining(state: State, entry: Entry, command: NodeDraining): KernelEvent[] {
  const node = state.nodes.get(entry.node);
  if (node === undefined) return refuse(command, "NODE_NOT_FOUND");
  return [{ type: "node.draining", node: entry.node }, orphaned(state, node)];
}

/** The level rises only when every live node can replay the new one. */
export function decideLevel(state: State, command: KernelLevel): KernelEvent[] {
  if (command.term !== state.term) return refuse(command, "STALE_TERM");
  const ready = [...state.nodes.values()].every((node) => node.levels.includes(command.level));
  if (!ready || command.level <= state.level || !supportedLevels.includes(command.level)) {
    return refuse(command, "LEVEL_NOT_SUPPORTED");
  }
  return [{ type: "kernel.level", level: command.level }];
}

/**
 * A node of ours went away: its players are not to blame. Names them and their matches, whose
 * deadlines move by the extension; cooldowns given since the node's last entry are revoked, also of those who are back
 * elsewhere.
 */
export function orphaned(state: State, node: NodeRecord): NodeOrphaned {
  const { id, lastEntryAt: since } = node;
  const players: PlayerId[] = [];
  const excused: PlayerId[] = [];
  const matches = new Set<MatchId>();
  for (const player of state.players.values()) {
    if (player.node !== id || player.epoch === 0) {
      if (isBlamedAt(player, { node: id, since })) excused.push(player.id);
      continue;
    }
    players.push(player.id);
    if (isExtendable(state, player.match)) matches.add(player.match as MatchId);
  }
  const extendMs = kernelLimits.faultExtensionMs;
  return { type: "node.orphaned", node: id, since, extendMs, players, excused, matches: [...matches] };
}

function isBlamedAt(
  { offences }: Player,
  { node, since }: { readonly node: NodeKey; readonly since: number },
): boolean {
  return offences.some((offence) => offence.node === node && offence.at >= since);
}

function isExtendable(state: State, id: MatchId | null): boolean {
  const match = id === null ? undefined : state.matches.get(id);
  return match !== undefined && match.extensions < kernelLimits.faultExtensionsPerMatch;
}
