import type { PlayerConnected, PlayerId, Preferences, State } from "@matchforge/core";
import type { Archive } from "@matchforge/stores";

/** What the archive remembers of a player the kernel has forgotten, as `player.connected` brings it back. */
export type ArchivedMemory = Pick<PlayerConnected, "records" | "preferences">;

const nothing: ArchivedMemory = {};

/**
 * What the archive knows of somebody whom the kernel has forgotten, or never met.
 *
 * @example
 * const memory = await archivedMemory(archive, state, player);
 */
export async function archivedMemory(
  archive: Pick<Archive, "player">,
  state: State,
  player: PlayerId,
): Promise<ArchivedMemory> {
  if (state.players.has(player)) return nothing;
  const archived = await archive.player(player);
  if (archived === undefined) return nothing;
  const records = archived.ratings.map(({ mode, rating, deviation, volatility, games, wins, meanWpm }) => {
    return { mode, rating, deviation, volatility, games, wins, meanWpm };
  });
  const { preferences } = archived;
  return {
    ...(records.length > 0 && { records }),
    ...(preferences !== null && { preferences: JSON.parse(preferences.preferences) as Preferences }),
  };
}
