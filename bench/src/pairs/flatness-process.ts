import { matchedPerSecond } from "./flatness.ts";

/**
 * A process of its own, so that what ran before does not count: prints tickets matched per second, empty and
 * crowded in turn, so that a noisy neighbour disturbs both alike. The first of each only warms up.
 */
const empty: number[] = [];
const crowded: number[] = [];
for (let run = 0; run < 10; run += 1) {
  const none = matchedPerSecond({ waiting: 0, live: 0 });
  const full = matchedPerSecond({ waiting: 100_000, live: 20_000 });
  if (run === 0) continue;
  empty.push(none);
  crowded.push(full);
}
console.log(JSON.stringify({ empty, crowded }));
