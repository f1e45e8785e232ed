import { stateHash } from "@matchforge/core";
import type { World } from "./world.ts";

/** The last faults are over by then: the longest pause, and an outage of the archive. */
const recoverMs = 90_000;
/** What a node may be behind when nothing goes wrong any more. */
const settleMs = 30_000;
/** Whoever asked before that has been answered. */
const answeredWithinMs = 20_000;

/**
 * How a world has ended: nobody was left behind, every node is there again and has the auditor's state to the bit, every
 * command was answered, and the archive holds what happened (invariants 2, 3, 8, 9).
 */
export async function judgeRest(world: World): Promise<void> {
  judgeLeftovers(world);
  await pass(world, recoverMs, () => world.nodes.every(({ reachable }) => reachable));
  const before = world.auditor.state.time;
  await pass(world, settleMs, () => false);
  if (world.auditor.state.time - before < settleMs / 2)
    world.auditor.violate(`clock: shard time moved ${world.auditor.state.time - before} ms in ${settleMs}`);
  for (const node of world.nodes) judgeNode(world, node);
  await world.auditor.judgeEnd(world.archive.connect());
}

/** Lets so much time pass, or less. */
function pass({ time }: World, longestMs: number, isEnough: () => boolean): Promise<void> {
  const until = time.now + longestMs;
  return time.run(() => time.now > until || isEnough());
}

function judgeLeftovers({ auditor, fleet, wantsMore }: World): void {
  const { state } = auditor;
  if (wantsMore) auditor.violate("8: the world stood still: matches stopped being made");
  for (const ticket of state.tickets.values()) auditor.violate(`2: ${ticket.id} never ended`);
  for (const match of state.matches.values())
    auditor.violate(`3: ${match.id} never left ${match.phase.state}`);
  for (const effect of state.effects.keys()) auditor.violate(`3: ${effect} was never done`);
  const { held } = fleet.provider;
  const inPlay = [...state.matches.values()].filter(({ allocation }) => {
    return state.servers.get(allocation?.server ?? "server_")?.isLent === true;
  });
  if (held !== inPlay.length)
    auditor.violate(`servers: ${held} servers are lent, and ${inPlay.length} matches are played on such`);
  for (const { id, matches } of state.servers.values())
    if (matches.length > 0 && state.matches.size === 0)
      auditor.violate(`servers: ${id} keeps ${matches.length} places`);
}

function judgeNode({ auditor, time }: World, node: World["nodes"][number]): void {
  if (!node.isRunning) return auditor.violate(`nodes: ${node.name} did not come back`);
  const { run } = node;
  const asked = run.unansweredSince;
  if (!run.reachable) return auditor.violate(`nodes: ${node.name} runs and is not part of the shard`);
  if (time.now - asked > answeredWithinMs)
    auditor.violate(`nodes: ${node.name} left a command without an answer for ${time.now - asked} ms`);
  if (run.state.position !== auditor.state.position) return;
  if (stateHash(run.state) !== stateHash(auditor.state))
    auditor.violate(`9: ${node.name} ended in another state`);
}
