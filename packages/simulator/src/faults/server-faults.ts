import type { Fleet } from "../servers/fleet.ts";
import type { GameHost } from "../servers/game-host.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { FaultCounts, FaultKind } from "./fault-counts.ts";

/** What faults of game servers strike. */
export interface ServerFaultTargets {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly fleet: Fleet;
  readonly counts: FaultCounts;
  /** How many times more often than usual something goes wrong. */
  readonly turbulence: number;
  /** Whether the world is to come to rest. */
  readonly calm: () => boolean;
}

const pauseMs = { shortest: 4_000, longest: 40_000 } as const;

interface Strike {
  readonly kind: FaultKind;
  readonly weight: number;
  readonly act: (host: GameHost, targets: ServerFaultTargets) => void;
}

const strikes: readonly Strike[] = [
  { kind: "server_crash", weight: 5, act: crash },
  { kind: "server_restart", weight: 4, act: (host) => host.replace() },
  { kind: "server_silent", weight: 4, act: fallSilent },
  { kind: "server_drained", weight: 4, act: drain },
  { kind: "server_down", weight: 3, act: goDown },
  {
    kind: "provider_outage",
    weight: 2,
    act: (_, { fleet, random }) => fleet.provider.beginOutage(random.between(5_000, 180_000)),
  },
];

const weightTotal = strikes.reduce((sum, { weight }) => sum + weight, 0);

/** Makes something go wrong with game servers every so often, until the world is to come to rest. */
export function scheduleServerFaults(targets: ServerFaultTargets): void {
  const { time, random, fleet, counts, calm, turbulence } = targets;
  const strike = () => {
    if (calm()) return;
    const { kind, act } = drawn(random);
    counts.add(kind);
    act(random.pick(fleet.registered), targets);
    time.after(random.between(pauseMs.shortest, pauseMs.longest) / turbulence, strike);
  };
  time.after(random.between(5_000, 20_000) / turbulence, strike);
}

function drawn(random: Random): Strike {
  let left = random.between(1, weightTotal);
  for (const strike of strikes) {
    left -= strike.weight;
    if (left <= 0) return strike;
  }
  return strikes[0];
}

/** Without a word; a new process comes up before anybody has missed it, or after. */
function crash(host: GameHost, { time, random }: ServerFaultTargets): void {
  host.crash();
  time.after(random.between(1_000, 40_000), () => host.start());
}

/** It goes on playing; whoever missed it meanwhile does not want to hear of that any more. */
function fallSilent(host: GameHost, { time, random }: ServerFaultTargets): void {
  host.fallSilent();
  time.after(random.between(5_000, 40_000), () => host.hearAgain());
}

function drain(host: GameHost, { time, random }: ServerFaultTargets): void {
  host.isDraining = true;
  time.after(random.between(5_000, 30_000), () => {
    host.isDraining = false;
  });
}

/** It says that it ends. */
function goDown(host: GameHost, { fleet, time, random }: ServerFaultTargets): void {
  if (host.isConnected) fleet.say(host, (epoch) => ({ type: "server.down", server: host.id, epoch }));
  host.crash();
  time.after(random.between(1_000, 40_000), () => host.start());
}
