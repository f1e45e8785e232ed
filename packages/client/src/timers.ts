/** The client's time; another one may be given, for tests. */
export interface Timers {
  /** Unix ms. */
  now(): number;
  /** Calls once after `delayMs`; the returned function takes it back. */
  after(delayMs: number, call: () => void): () => void;
}

/** The platform's own time. */
export const platformTimers: Timers = {
  now: () => Date.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};
