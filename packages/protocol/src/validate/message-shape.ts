/** How far a value may extend. */
export interface ShapeLimits {
  /** Objects and arrays inside each other. */
  readonly depthMax: number;
  /** Entries of one object or array. */
  readonly entriesMax: number;
}

/** What a value exceeds, if anything. */
export type ShapeFault = "too_deep" | "too_wide";

/**
 * Whether a value is nested too deep or has an object or array too wide. It walks level by level without
 * recursion and stops at the limits, so that an extreme message costs little more than its parsing.
 */
export function shapeFaultOf(value: unknown, { depthMax, entriesMax }: ShapeLimits): ShapeFault | undefined {
  let level: unknown[][] = entriesIn([value]);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > depthMax) return "too_deep";
    if (level.some((entries) => entries.length > entriesMax)) return "too_wide";
    level = level.flatMap(entriesIn);
  }
  return undefined;
}

/** The entries of each object or array among `values`. */
function entriesIn(values: readonly unknown[]): unknown[][] {
  return values
    .filter((value): value is object => typeof value === "object" && value !== null)
    .map((container) => Object.values(container));
}
