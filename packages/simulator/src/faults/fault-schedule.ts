import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { SimulatedNode } from "../world/simulated-node.ts";
import type { FaultCounts } from "./fault-counts.ts";

/** Makes something go wrong every so often, until the world is to come to rest. */
export function scheduleFaults(options: {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly nodes: readonly SimulatedNode[];
  readonly counts: FaultCounts;
  readonly calm: () => boolean;
  /** Moves the clock of the log's store by this many ms. */
  readonly jumpClock: (byMs: number) => void;
}): void {
  const { time, random, nodes, counts, calm, jumpClock } = options;
  const strike = () => {
    if (calm()) return;
    const node = random.pick(nodes);
    const luck = random.fraction();
    if (luck < 0.25) {
      counts.add("crash");
      node.crash();
      time.after(random.between(500, 15_000), () => void node.start());
    } else if (luck < 0.45) {
      counts.add("pause");
      node.pause(random.between(500, 6_000));
    } else if (luck < 0.75) {
      counts.add("partition");
      node.cut(random.between(200, 8_000));
    } else {
      counts.add("clock_jump");
      jumpClock(random.between(-10_000, 30_000));
    }
    time.after(random.between(2_000, 40_000), strike);
  };
  time.after(random.between(5_000, 20_000), strike);
}
