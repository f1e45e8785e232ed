import type { TicketId } from "../ids.ts";
import type { PoolIndex } from "../matching/pool-index.ts";
import { PoolWaves } from "../matching/pool-waves.ts";
import { type OpenRound, RoundWaves } from "../matching/rounds/round-waves.ts";
import { TeamWaves } from "../matching/teams/team-waves.ts";
import type { Traffic } from "../matching/traffic.ts";
import type { Waves } from "../matching/waves.ts";
import { formatOf, formerOf } from "../rules/format-of.ts";
import type { ModeRules } from "../rules/rules.ts";
import { AssignedWaves } from "./assigned-waves.ts";
import type { MatchingPlugins } from "./matcher.ts";
import { PluggedWaves } from "./plugged-waves.ts";

/** What waves need to know of a pool. */
export interface WavePool {
  readonly index: PoolIndex;
  readonly traffic?: Traffic;
  /** In modes of rounds: those that still register players. */
  readonly rounds?: () => readonly OpenRound[];
  /** What tickets brought along, for a game's own matcher. */
  readonly customOf?: (ticket: TicketId) => string | undefined;
}

/**
 * The waves of one pool of a mode: by the game's own matcher where the rules name one, else in pairs or teams as
 * the mode's format asks.
 *
 * @throws RangeError for a matcher or assigner that the game did not bring along.
 * @example
 * const waves = wavesOf(mode, { index: pool.index, traffic: pool.traffic });
 */
export function wavesOf(mode: ModeRules, pool: WavePool, plugins: MatchingPlugins = {}): Waves {
  if (mode.matcher !== null) {
    return new PluggedWaves({
      index: pool.index,
      mode,
      matcher: named(plugins.matchers, mode.matcher, "matcher"),
      customOf: pool.customOf ?? (() => undefined),
    });
  }
  const waves = builtIn(mode, pool);
  if (mode.teamAssigner === null) return waves;
  const assigner = named(plugins.teamAssigners, mode.teamAssigner, "team assigner");
  return new AssignedWaves({ waves, format: formatOf(mode), search: mode.search, assigner });
}

function builtIn(mode: ModeRules, { rounds = () => [], ...pool }: WavePool): Waves {
  const { search, waveMs, round } = mode;
  if (round !== null)
    return new RoundWaves({ ...pool, search, waveMs, playersMax: round.playersMax, rounds });
  if (formerOf(mode) === "pairs") return new PoolWaves({ ...pool, search, waveMs });
  return new TeamWaves({ ...pool, search, waveMs, format: formatOf(mode) });
}

function named<Plugin>(
  plugins: Readonly<Record<string, Plugin>> | undefined,
  name: string,
  what: string,
): Plugin {
  if (plugins === undefined || !Object.hasOwn(plugins, name))
    throw new RangeError(`there is no ${what} ${name}`);
  return plugins[name];
}
