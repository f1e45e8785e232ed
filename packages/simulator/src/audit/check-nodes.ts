import type { Command, KernelEvent, PlayerId } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";
import { nameOf } from "./chronicle.ts";

const leaderLostAfterMs = 2_000;
const nodeLostAfterMs = 3_000;
/** No chain of faults keeps all nodes from leading for so long. */
const ledWithinMs = 30_000;

/**
 * Nothing stale has an effect: no entry of a node that the shard has given up, no leader's command of another term, and
 * nothing of a connection that has been replaced. One leads at a time, and nobody is given up who speaks.
 */
export function checkNodes(violate: Violate): Check {
  let ledAt = 0;
  return {
    begin(moment) {
      const why = staleness(moment);
      if (why === null || isRefused(moment)) return;
      violate(`12: ${moment.entry.command.type} of ${moment.entry.node} has an effect, but ${why}`);
    },
    event(event, moment) {
      if (event.type === "node.led") judgeLead(event, moment, violate);
      else if (event.type === "node.lost") judgeLoss(event, moment, violate);
      else if (event.type === "node.up") judgeBuild(event, moment, violate);
      else if (event.type === "kernel.level") judgeLevel(event, moment, violate);
      else if (event.type === "archive.progressed" && event.cursor > moment.entry.position)
        violate(`nodes: the archive has ${event.cursor}, which is yet to come`);
    },
    end({ chronicle }) {
      if (chronicle.leader !== null) ledAt = chronicle.time;
      else if (chronicle.time - ledAt > ledWithinMs) violate(`nodes: nobody leads since ${ledAt}`);
      const names = new Set<string>();
      for (const [key, { name, lastEntryAt }] of chronicle.nodes) {
        if (names.has(name)) violate(`12: ${name} runs twice`);
        names.add(name);
        if (chronicle.time - lastEntryAt >= nodeLostAfterMs)
          violate(`nodes: ${key} is silent since ${lastEntryAt} and still counted on`);
      }
    },
  };
}

/** Why a command must have no effect; null when it may. */
function staleness({ entry: { command, node }, chronicle }: Moment): string | null {
  if (command.type !== "node.up" && !chronicle.nodes.has(node)) return "it was given up";
  if ("term" in command && command.term !== chronicle.term) return `the term is ${chronicle.term}`;
  if (isOfConnection(command)) {
    const epoch = chronicle.players.get(command.player)?.epoch ?? 0;
    if (epoch !== command.epoch) return `the connection of ${command.player} is ${epoch}`;
  }
  return null;
}

type OfConnection = Extract<Command, { readonly epoch: number; readonly player: PlayerId }>;

function isOfConnection(command: Command): command is OfConnection {
  return "epoch" in command && "player" in command;
}

function isRefused({ entry, events }: Moment): boolean {
  return events.some((event) => event.type === "refused" && event.command === entry.command.type);
}

function judgeLead(
  { node, term }: Extract<KernelEvent, { type: "node.led" }>,
  { entry, chronicle }: Moment,
  violate: Violate,
): void {
  const { leader, nodes, time } = chronicle;
  const before = leader === null ? undefined : nodes.get(leader);
  const isVacant = before === undefined || before.draining || time - before.lastEntryAt >= leaderLostAfterMs;
  if (!isVacant) violate(`nodes: ${node} leads although ${leader} speaks`);
  if (nodes.get(node)?.draining !== false) violate(`nodes: ${node} leads and is about to go`);
  if (term !== entry.position) violate(`nodes: the term of ${node} is ${term}`);
}

/** Nobody takes part who does not understand what stands in the log. */
function judgeBuild(
  { node, levels }: Extract<KernelEvent, { type: "node.up" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  if (!levels.includes(chronicle.level))
    violate(`nodes: ${node} is up and does not know level ${chronicle.level}`);
}

function judgeLevel(
  { level }: Extract<KernelEvent, { type: "kernel.level" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  for (const [key, { levels }] of chronicle.nodes)
    if (!levels.includes(level)) violate(`nodes: the level rises to ${level}, which ${key} does not know`);
}

function judgeLoss(
  { node }: Extract<KernelEvent, { type: "node.lost" }>,
  { events, chronicle }: Moment,
  violate: Violate,
): void {
  const lastEntryAt = chronicle.nodes.get(node)?.lastEntryAt ?? 0;
  const isReplaced = events.some((event) => event.type === "node.up" && nameOf(event.node) === nameOf(node));
  if (!isReplaced && chronicle.time - lastEntryAt < nodeLostAfterMs)
    violate(`nodes: ${node} is given up although it spoke at ${lastEntryAt}`);
}
