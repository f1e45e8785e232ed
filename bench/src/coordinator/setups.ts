/** Where a coordinator keeps its data. */
export interface Setup {
  /** Starts what it needs; answers the configuration that uses it. */
  start(): Promise<{ readonly config?: string; stop(): Promise<void> }>;
}

/** Every set-up a bench of one coordinator runs on, by name. */
export const setups: Readonly<Record<string, Setup>> = {
  embedded: { start: async () => ({ stop: async () => {} }) },
};
