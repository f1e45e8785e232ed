import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { SimulatedNode } from "../world/simulated-node.ts";
import type { FaultCounts, FaultKind } from "./fault-counts.ts";
import type { Passage } from "./line.ts";
import type { StoreOutage } from "./store-outage.ts";

/** What faults strike. */
export interface FaultTargets {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly nodes: readonly SimulatedNode[];
  readonly counts: FaultCounts;
  readonly outage: StoreOutage;
  readonly archiveOutage: StoreOutage;
  /** How many times more often than usual something goes wrong. */
  readonly turbulence: number;
  /** Told which scenarios have come about. */
  readonly reach: (scenario: string) => void;
  /** Whether the world is to come to rest. */
  readonly calm: () => boolean;
  /** Moves the clock of the log's store by this many ms. */
  readonly jumpClock: (byMs: number) => void;
  /** Nodes that start from here on bring other rules. */
  readonly changeRules: () => void;
  /** The next run of a node is of this build, old or new. */
  readonly install: (node: SimulatedNode, isOld: boolean) => void;
  /** A second process under the name of a node, which ends after a while. */
  readonly startTwin: (name: string, forMs: number) => void;
}

/** With three nodes something goes wrong this often; with more nodes somewhat more often. */
const pauseMs = { shortest: 2_000, longest: 50_000 } as const;

/** Makes something go wrong every so often, until the world is to come to rest. */
export function scheduleFaults(targets: FaultTargets): void {
  const { time, random, nodes, counts, calm, turbulence } = targets;
  const pace = Math.sqrt(3 / nodes.length) / turbulence;
  const strike = () => {
    if (calm()) return;
    const { kind, act } = drawn(random);
    counts.add(kind);
    act(random.pick(nodes), targets);
    time.after(random.between(pauseMs.shortest, pauseMs.longest) * pace, strike);
  };
  time.after(random.between(5_000, 20_000) * pace, strike);
}

interface Strike {
  readonly kind: FaultKind;
  readonly weight: number;
  readonly act: (node: SimulatedNode, targets: FaultTargets) => void;
}

const strikes: readonly Strike[] = [
  { kind: "crash", weight: 20, act: crash },
  { kind: "pause", weight: 14, act: (node, { random }) => node.pause(random.between(500, 6_000)) },
  { kind: "long_pause", weight: 4, act: (node, { random }) => node.pause(random.pick([10_000, 60_000])) },
  {
    kind: "partition",
    weight: 14,
    act: (node, { random }) => node.cut(["appends", "replies", "reads"], random.between(200, 8_000)),
  },
  { kind: "appends_cut", weight: 6, act: cutOneWay("appends") },
  { kind: "replies_cut", weight: 6, act: cutOneWay("replies") },
  { kind: "reads_cut", weight: 6, act: cutOneWay("reads") },
  {
    kind: "store_outage",
    weight: 3,
    act: (_, { outage, random }) => outage.begin(random.between(10_000, 120_000)),
  },
  {
    kind: "archive_outage",
    weight: 4,
    act: (_, { archiveOutage, random }) => archiveOutage.begin(random.between(1_000, 60_000)),
  },
  {
    kind: "clock_jump",
    weight: 14,
    act: (_, { jumpClock, random }) => jumpClock(random.between(-10_000, 30_000)),
  },
  { kind: "rolling_restart", weight: 4, act: (_, targets) => void restartAll(targets) },
  {
    kind: "twin",
    weight: 3,
    act: ({ name }, { startTwin, random }) => startTwin(name, random.between(2_000, 10_000)),
  },
];

const weightTotal = strikes.reduce((sum, { weight }) => sum + weight, 0);

function drawn(random: Random): Strike {
  let left = random.between(1, weightTotal);
  for (const strike of strikes) {
    left -= strike.weight;
    if (left <= 0) return strike;
  }
  return strikes[0];
}

function cutOneWay(passage: Passage): Strike["act"] {
  return (node, { random, reach }) => {
    if (node.leads) reach("H4");
    node.cut([passage], random.between(500, 8_000));
  };
}

/** At once; or its line becomes slow first, so that something of it is on the way when it dies. */
function crash(node: SimulatedNode, { time, random }: FaultTargets): void {
  const forMs = random.between(500, 15_000);
  if (random.chance(0.6)) return node.crash(forMs);
  node.slow(2_000);
  time.after(random.between(500, 1_500), () => node.crash(forMs));
}

/** One after the other, as a deployment does it; sometimes with other rules. */
async function restartAll(targets: FaultTargets): Promise<void> {
  const { nodes, time, random, counts, calm, changeRules, install } = targets;
  if (random.chance(0.5)) {
    counts.add("rules_changed");
    changeRules();
  }
  const isRollback = random.chance(0.1);
  for (const node of nodes) {
    if (calm()) return;
    install(node, isRollback);
    await node.restart(random.between(300, 3_000));
    await time.wait(random.between(3_000, 8_000));
  }
}
