import type { Clock } from "matchforge";

/** The machine's own time: monotonic, unaffected by changes of the wall clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
  soon: (call) => {
    setImmediate(call);
  },
};
