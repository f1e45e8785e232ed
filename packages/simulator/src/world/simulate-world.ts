import { stateHash } from "@matchforge/core";
import { MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import { FaultCounts } from "../faults/fault-counts.ts";
import { scheduleFaults } from "../faults/fault-schedule.ts";
import { SimulatedPlayer } from "../players/simulated-player.ts";
import { Random } from "../time/random.ts";
import { VirtualTime } from "../time/virtual-time.ts";
import { Auditor } from "./auditor.ts";
import { SimulatedNode } from "./simulated-node.ts";
import { worldRules } from "./world-rules.ts";

/** What became of one world. */
export interface WorldReport {
  readonly matches: number;
  readonly ended: Auditor["ended"];
  readonly entries: number;
  readonly faults: ReturnType<FaultCounts["toJSON"]>;
  readonly violations: readonly string[];
  readonly traceHash: string;
  readonly markers: Readonly<Record<string, number>>;
}

const logFaults = { lostRequest: 0.002, lostReply: 0.002, duplicateAppend: 0.005, slowAppend: 0.005 };
const startedAt = 1_700_000_000_000;
/** How long a world may take to end its matches once nothing goes wrong any more. */
const restMs = 15 * 60_000;
const longestMs = 24 * 3_600_000;

/**
 * Lives through one small world: three coordinators over one log, players, and everything that goes wrong,
 * until enough matches have ended; then lets it come to rest and checks that nobody was left behind.
 * The same seed gives the same world.
 */
export async function simulateWorld(options: {
  readonly seed: number;
  readonly matches: number;
  readonly players?: number;
}): Promise<WorldReport> {
  const time = new VirtualTime();
  const random = new Random(options.seed);
  const counts = new FaultCounts();
  let clockOffsetMs = 0;
  const store = new MemoryLogStore({ now: () => startedAt + Math.floor(time.now) + clockOffsetMs });
  const auditor = new Auditor(store);
  const archive = new MemoryArchiveStore();
  let calmSince = Number.POSITIVE_INFINITY;
  const wanted = () =>
    auditor.ended.SETTLED + auditor.ended.CANCELLED + auditor.ended.VOIDED < options.matches;
  const calm = () => !wanted();

  const players: SimulatedPlayer[] = [];
  const nodes = ["alpha", "bravo", "charlie"].map(
    (name) =>
      new SimulatedNode({
        name,
        time,
        random: random.fork(),
        log: () => store.connect(),
        archive: archive.connect(),
        rules: worldRules(),
        counts,
        rates: logFaults,
        onApplied: (node, entry, events) => auditor.compare(node.key, entry, events),
        onCrashed: (node) => {
          for (const player of players) player.nodeCrashed(node);
        },
        problems: (problem) => auditor.violate(problem),
      }),
  );
  for (const node of nodes) void node.start();
  for (let index = 0; index < (options.players ?? 40); index += 1) {
    const player = new SimulatedPlayer({ index, time, random: random.fork(), nodes, counts, wanted, calm });
    players.push(player);
    player.enter();
  }
  const jumpClock = (byMs: number) => {
    clockOffsetMs += byMs;
  };
  scheduleFaults({ time, random: random.fork(), nodes, counts, calm, jumpClock });

  await time.run(() => {
    if (wanted()) return time.now > longestMs;
    if (calmSince === Number.POSITIVE_INFINITY) calmSince = time.now;
    return time.now - calmSince > restMs || atRest(auditor);
  });
  judgeRest(auditor, { ranLong: time.now > longestMs });
  await compareStates(auditor, nodes, time);
  return {
    matches: auditor.ended.SETTLED + auditor.ended.CANCELLED + auditor.ended.VOIDED,
    ended: auditor.ended,
    entries: auditor.entries,
    faults: counts.toJSON(),
    violations: auditor.violations,
    traceHash: auditor.traceHash,
    markers: auditor.markers.counts,
  };
}

function atRest({ state }: Auditor): boolean {
  return state.matches.size === 0 && state.tickets.size === 0 && state.effects.size === 0;
}

/** Nobody waits for ever: once nothing goes wrong any more, every ticket and every match ends (invariants 2, 3, 8). */
function judgeRest(auditor: Auditor, { ranLong }: { ranLong: boolean }): void {
  const { state } = auditor;
  if (ranLong) auditor.violate("8: the world stood still: matches stopped being made");
  for (const ticket of state.tickets.values()) auditor.violate(`2: ${ticket.id} never ended`);
  for (const match of state.matches.values())
    auditor.violate(`3: ${match.id} never left ${match.phase.state}`);
  for (const effect of state.effects.keys()) auditor.violate(`3: ${effect} was never done`);
}

/** Every node that has read the whole log has the auditor's state, to the bit (invariant 9). */
async function compareStates(
  auditor: Auditor,
  nodes: readonly SimulatedNode[],
  time: VirtualTime,
): Promise<void> {
  const until = time.now + 30_000;
  await time.run(() => time.now > until);
  const expected = stateHash(auditor.state);
  for (const node of nodes) {
    if (!node.reachable || node.state.position !== auditor.state.position) continue;
    if (stateHash(node.state) !== expected) auditor.violate(`9: ${node.name} ended in another state`);
  }
}
