import type { PlayerId } from "../ids.ts";

/** How long a message takes between a ticket's players and a region; of a party the longest. */
export interface RegionLatency {
  readonly region: string;
  readonly latencyMs: number;
}

/** What a ticket asks of its match beyond the mode's rules. */
export interface Wishes {
  /** Opponents' ratings that the ticket accepts; null where it does not mind. */
  readonly opponentMin: number | null;
  readonly opponentMax: number | null;
  /** Whether the ticket takes part in the last step of the search, where these wishes give way. */
  readonly expandSearch: boolean;
  /** Where it is willing to play; null: anywhere. */
  readonly regions: readonly string[] | null;
  /** Measured latencies; null: not measured, every region is as good as another. */
  readonly latencies: readonly RegionLatency[] | null;
  /** Whom none of its players wants to meet, ever: this never gives way. */
  readonly blocked: readonly PlayerId[];
  /** For each of its players the roles they accept, the best first; an empty list: any. Empty: nobody minds. */
  readonly roles: readonly (readonly string[])[];
}

/** The wishes of somebody who has none. One object for all: most tickets share it. */
export const noWishes: Wishes = Object.freeze({
  opponentMin: null,
  opponentMax: null,
  expandSearch: true,
  regions: null,
  latencies: null,
  blocked: [],
  roles: [],
});

/** Bounds of wishes; more is refused. */
export const wishLimits = {
  regionsMax: 30,
  blockedMax: 100,
  rolesMax: 10,
  nameLengthMax: 64,
  latencyMaxMs: 60_000,
} as const;

/**
 * Completes wishes; those who have none share one object.
 *
 * @example
 * const wishes = wishesOf({ opponentMin: 1_400, expandSearch: false });
 */
export function wishesOf(wishes: Partial<Wishes> | undefined): Wishes {
  return wishes === undefined ? noWishes : { ...noWishes, ...wishes };
}

/**
 * Whether wishes can be taken into a ticket of so many players: numbers finite and in range, lists within
 * {@link wishLimits}, names neither empty nor repeated.
 */
export function areSoundWishes(wishes: Wishes, players: number): boolean {
  const { opponentMin, opponentMax, regions, latencies, blocked, roles } = wishes;
  if (opponentMin !== null && !Number.isFinite(opponentMin)) return false;
  if (opponentMax !== null && !Number.isFinite(opponentMax)) return false;
  if (opponentMin !== null && opponentMax !== null && opponentMin > opponentMax) return false;
  if (regions !== null && (regions.length === 0 || !areNames(regions, wishLimits.regionsMax))) return false;
  if (latencies !== null && !areSoundLatencies(latencies)) return false;
  if (blocked.length > wishLimits.blockedMax) return false;
  if (roles.length !== 0 && roles.length !== players) return false;
  return roles.every((accepted) => areNames(accepted, wishLimits.rolesMax));
}

/**
 * Whether latencies are numbers of milliseconds in range, each region named once.
 *
 * @example
 * areSoundLatencies([{ region: "eu", latencyMs: 30 }]); // true
 * areSoundLatencies([{ region: "eu", latencyMs: -1 }]); // false
 */
export function areSoundLatencies(latencies: readonly RegionLatency[]): boolean {
  if (
    !areNames(
      latencies.map(({ region }) => region),
      wishLimits.regionsMax,
    )
  )
    return false;
  return latencies.every(({ latencyMs }) => latencyMs >= 0 && latencyMs <= wishLimits.latencyMaxMs);
}

/** Whether a list holds different, non-empty names, and not too many of them. */
export function areNames(names: readonly string[], countMax: number): boolean {
  if (names.length > countMax || new Set(names).size !== names.length) return false;
  return names.every((name) => name.length > 0 && name.length <= wishLimits.nameLengthMax);
}
