/** Somebody's wish that the process ends: Ctrl-C, or SIGTERM. */
export interface StopSignal {
  /** Resolves with the first wish; a second one ends the process at once. */
  readonly asked: Promise<void>;
  /** Gives the signals back. */
  release(): void;
}

const interruptedExitCode = 130;

/** Takes over SIGINT and SIGTERM. */
export function takeStopSignal(): StopSignal {
  const { promise, resolve } = Promise.withResolvers<void>();
  let wishes = 0;
  const ask = () => {
    wishes += 1;
    if (wishes > 1) process.exit(interruptedExitCode);
    resolve();
  };
  process.on("SIGINT", ask);
  process.on("SIGTERM", ask);
  return {
    asked: promise,
    release() {
      process.off("SIGINT", ask);
      process.off("SIGTERM", ask);
    },
  };
}
