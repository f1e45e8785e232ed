/** Bounds of typing games, in one place. */
export const typingLimits = {
  /** More keys than this within any second are no human's: refused. */
  keysPerSecondMax: 25,
  /** A second over which `keysPerSecondMax` is judged. */
  windowMs: 1_000,
  /** Characters that may wait in the buffer after the correct prefix. */
  wrongMax: 1_000,
} as const;
